package io.eventlane.brokers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory that holds so many bytes and no more, to fill up a broker's disk. It is a file system in memory, which only
 * root on Linux may mount, and not in every container: see {@link #isSupported}. A broker keeps its data there, and its log
 * elsewhere, with {@code withProperty("log.dirs", disk.directory().resolve("data"))}, and a nats-server with
 * {@code withJetStream("store_dir", NatsServerOptions.quoted(disk.directory().toString()))}; close it before the disk. The
 * mount ends with this JVM, unless that is killed. Not safe for several threads at once.
 */
public final class SmallDisk implements AutoCloseable {

    private static final int CHUNK_BYTES = 4096;

    private final WorkDirectory mountPoint;
    private final ShutdownHook shutdownHook;
    private boolean closed;

    private SmallDisk(WorkDirectory mountPoint) {
        this.mountPoint = mountPoint;
        this.shutdownHook = ShutdownHook.add(this::close);
    }

    /** Whether this process may mount one, which the first call tries. */
    public static boolean isSupported() {
        return Support.SUPPORTED;
    }

    /**
     * Mounts an empty disk.
     *
     * @throws IllegalStateException when this process may not; the message says what the system said
     */
    public static SmallDisk mount(long bytes) {
        WorkDirectory mountPoint = WorkDirectory.of(null);
        try {
            run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", mountPoint.path().toString());
            return new SmallDisk(mountPoint);
        } catch (RuntimeException | Error e) {
            mountPoint.deleteIfTemporary();
            throw e;
        }
    }

    public Path directory() {
        return mountPoint.path();
    }

    /** How much more fits, in bytes. */
    public long freeBytes() {
        try {
            return Files.getFileStore(directory()).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes up all space that is left with a file of no use. */
    public void fill() {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(ballast())) {
            while (freeBytes() > 0) {
                out.write(chunk);
            }
        } catch (IOException e) {
            if (freeBytes() > 0) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Gives back what {@link #fill} took. */
    public void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unmounts the disk, and with it what was on it. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        shutdownHook.remove();
        // Lazily: it goes at once for everybody who looks, and for good when the last file is closed.
        run("umount", "-l", directory().toString());
        mountPoint.deleteIfTemporary();
    }

    private Path ballast() {
        return directory().resolve("ballast");
    }

    private static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
            }
        } catch (IOException e) {
            throw new IllegalStateException(command[0] + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in " + command[0], e);
        }
    }

    private static final class Support {

        static final boolean SUPPORTED = attempt();

        private static boolean attempt() {
            try (SmallDisk disk = mount(1L << 20)) {
                return disk.freeBytes() > 0;
            } catch (IllegalStateException e) {
                return false;
            }
        }
    }
}
