package io.eventlane.brokers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A JVM that runs one main class and lives no longer than this one: it watches its standard input, which ends when
 * this JVM does, however that happens. It says {@link #READY} on its standard output once it serves; its standard
 * error goes to a file.
 */
final class ChildJvm {

    static final String READY = "ready";

    private final ChildProcess process;

    private ChildJvm(ChildProcess process) {
        this.process = process;
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
            return new ChildJvm(new ChildProcess(builder.start(), log));
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
            process.kill();
            throw new UncheckedIOException("Could not read what the broker says", e);
        }
    }

    ChildProcess process() {
        return process;
    }

    private void readUntilReady() throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.output(), Charset.defaultCharset()));
        String line = out.readLine();
        while (line != null && !line.equals(READY)) {
            line = out.readLine();
        }
        if (line == null) {
            process.kill();
            throw process.endedTooEarly();
        }
        Thread.ofPlatform().name("broker-output-" + process.pid()).daemon().start(this::drainOutput);
    }

    /** A full pipe would block the child. */
    private void drainOutput() {
        try (InputStream out = process.output()) {
            out.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The child is gone, and its output with it.
        }
    }
}
