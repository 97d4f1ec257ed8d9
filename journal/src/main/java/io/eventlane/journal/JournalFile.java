package io.eventlane.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A file that many threads append lines to, without a lock and without a system call per line. It is mapped into
 * memory, so a line belongs to the operating system as soon as it is written, and survives the death of the process
 * by whatever signal (not that of the machine). A writer claims its bytes by one atomic addition.
 * <p>
 * The first byte of a line is written last: a process that dies in the middle leaves bytes of 0 where the line would
 * begin, and a reader that takes {@code \0} for the end of a line, like {@code \n}, sees no line there that it knows.
 * Unused space is 0 too.
 */
public final class JournalFile {

    private static final int CHUNK_BYTES = 8 << 20;
    private static final int MAX_CHUNKS = 1024;

    private final FileChannel channel;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicReferenceArray<MappedByteBuffer> chunks = new AtomicReferenceArray<>(MAX_CHUNKS);

    private JournalFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * A new file in a directory, which is created where needed.
     *
     * @param name unique in the directory; the file has the extension {@code .journal}
     * @throws UncheckedIOException when it cannot be written, or exists
     */
    public static JournalFile create(Path directory, String name) {
        try {
            Files.createDirectories(directory);
            return new JournalFile(FileChannel.open(directory.resolve(name + ".journal"), StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the journal " + name + " to " + directory, e);
        }
    }

    /**
     * @throws IllegalStateException when the file is full, at 8 GiB
     */
    public void append(byte[] line) {
        long at = tail.getAndAdd(line.length);
        copy(line, 1, at + 1, line.length - 1);
        VarHandle.releaseFence();
        copy(line, 0, at, 1);
    }

    private void copy(byte[] line, int from, long at, int length) {
        ByteBuffer chunk = chunk(at);
        int offset = (int) (at % CHUNK_BYTES);
        int here = Math.min(length, CHUNK_BYTES - offset);
        chunk.put(offset, line, from, here);
        if (here < length) {
            copy(line, from + here, at + here, length - here);
        }
    }

    private ByteBuffer chunk(long at) {
        int index = (int) (at / CHUNK_BYTES);
        if (index >= MAX_CHUNKS) {
            throw new IllegalStateException("The journal is full: " + at + " bytes");
        }
        MappedByteBuffer mapped = chunks.get(index);
        return mapped != null ? mapped : map(index);
    }

    private ByteBuffer map(int index) {
        try {
            MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, (long) index * CHUNK_BYTES, CHUNK_BYTES);
            chunks.compareAndSet(index, null, mapped);
            return mapped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
