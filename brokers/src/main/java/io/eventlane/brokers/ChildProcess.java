package io.eventlane.brokers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that this JVM started.
 *
 * @param log where its standard error goes
 */
record ChildProcess(Process process, Path log) {

    private static final long SIGNAL_TIMEOUT_SECONDS = 10;
    private static final int TAIL_LINES = 40;

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns when the process has ended. */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    /** SIGKILL; returns when the process is gone. Idempotent. */
    void kill() {
        process.destroyForcibly();
        boolean interrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * SIGTERM; returns when the process is gone. Idempotent.
     *
     * @throws IllegalStateException when it still runs after that time
     */
    void stop(Duration timeout) {
        // The process itself would close the pipe too, whose end is the death of who watches it.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "The broker, process " + pid() + ", did not end within " + timeout.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the broker ended", e);
        }
    }

    /**
     * Sends a signal by its name.
     *
     * @param signal such as {@code STOP} or {@code CONT}
     */
    void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).inheritIO().start();
            if (!kill.waitFor(SIGNAL_TIMEOUT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid() + " failed: is the broker running?");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run kill", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending the signal " + signal, e);
        }
    }

    /** Stops the process in the middle of what it does, and returns when none of its threads runs any more. */
    void freeze() {
        signal("STOP");
        Path threads = Path.of("/proc", Long.toString(pid()), "task");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SIGNAL_TIMEOUT_SECONDS);
        while (Files.isDirectory(threads) && !allStopped(threads) && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    private static boolean allStopped(Path threads) {
        try (Stream<Path> all = Files.list(threads)) {
            return all.allMatch(ChildProcess::isStopped);
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** The state follows the name, which is in brackets and may hold anything. */
    private static boolean isStopped(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
        } catch (IOException ended) {
            return true;
        }
    }

    /** The output that was not redirected. */
    InputStream output() {
        return process.getInputStream();
    }

    /** What to say of a process that ended too early: its exit code and the end of its log. */
    IllegalStateException endedTooEarly() {
        return new IllegalStateException("The broker ended with exit code " + process.exitValue()
                + " before it was ready. Its log, " + log + ", ends with:\n" + tail());
    }

    /** The last lines of the log. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
