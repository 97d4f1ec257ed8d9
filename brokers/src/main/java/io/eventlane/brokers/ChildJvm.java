package io.eventlane.brokers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs one main class and lives no longer than this one: it watches its standard input, which ends when
 * this JVM does, however that happens. It says {@link #READY} on its standard output once it serves; its standard
 * error goes to a file.
 */
final class ChildJvm {

    static final String READY = "ready";

    private static final long SIGNAL_TIMEOUT_SECONDS = 10;

    private final Process process;
    private final Path log;

    private ChildJvm(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts the JVM; {@link #awaitReady} is due next. */
    static ChildJvm start(String classPath, List<String> jvmOptions, Class<?> main, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        try {
            return new ChildJvm(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + command.get(0), e);
        }
    }

    /** The directory or jar that a class was loaded from. */
    static Path codeOf(Class<?> type) {
        CodeSource source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource(), type.getName());
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Not a path: " + source.getLocation(), e);
        }
    }

    /**
     * Returns when the JVM serves.
     *
     * @throws IllegalStateException when it ends instead; the message ends with the end of its log
     */
    void awaitReady() {
        try {
            readUntilReady();
        } catch (IOException e) {
            kill();
            throw new UncheckedIOException("Could not read what the broker says", e);
        }
    }

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
            throw new IllegalStateException("Interrupted while sending " + signal.toLowerCase(Locale.ROOT), e);
        }
    }

    private void readUntilReady() throws IOException {
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.equals(READY)) {
            line = out.readLine();
        }
        if (line == null) {
            kill();
            throw new IllegalStateException("The broker ended with exit code " + process.exitValue()
                    + " before it was ready. Its log, " + log + ", ends with:\n" + tail());
        }
        Thread.ofPlatform().name("broker-output-" + pid()).daemon().start(this::drainOutput);
    }

    /** A full pipe would block the child. */
    private void drainOutput() {
        try (InputStream out = process.getInputStream()) {
            out.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The child is gone, and its output with it.
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
