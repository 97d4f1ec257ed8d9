package io.eventlane.benchmarks.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the packaged application in a process of its own, with the same JVM and options for every arm. */
final class Fork {

    static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    private final Path application;
    private final List<String> moreJvmOptions;

    /**
     * @param application the directory that holds quarkus-run.jar
     */
    Fork(Path application, List<String> moreJvmOptions) {
        this.application = application;
        this.moreJvmOptions = moreJvmOptions;
    }

    /** Returns when the process has ended. */
    Outcome run(ForkSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(moreJvmOptions);
        command.addAll(settings.toJvmOptions());
        command.add("-jar");
        command.add(application.resolve("quarkus-run.jar").toString());
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread killer = new Thread(process::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(killer);
            try {
                return outcome(process, settings.arm());
            } finally {
                process.destroyForcibly();
                Runtime.getRuntime().removeShutdownHook(killer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + String.join(" ", command), e);
        }
    }

    private static Outcome outcome(Process process, Arm arm) throws IOException {
        Outcome outcome = null;
        List<String> others = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (Outcome.isLine(line)) {
                    outcome = Outcome.ofLine(line);
                } else {
                    others.add(line);
                }
            }
        }
        if (outcome == null) {
            throw new IllegalStateException("The process of " + arm + " ended without an outcome. Its output:\n"
                    + String.join("\n", others));
        }
        return outcome;
    }
}
