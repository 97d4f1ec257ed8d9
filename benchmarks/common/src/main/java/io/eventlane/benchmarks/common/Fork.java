package io.eventlane.benchmarks.common;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs packaged applications in processes of their own, with the same JVM and options for every arm. */
public final class Fork {

    static final List<String> JVM_OPTIONS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    private final List<String> moreJvmOptions;

    public Fork(List<String> moreJvmOptions) {
        this.moreJvmOptions = moreJvmOptions;
    }

    /**
     * Returns when the process has ended.
     *
     * @param properties of the application, each a name and a value with {@code =} between
     * @throws IllegalStateException when it ends without an outcome; the message has all that it printed
     */
    public Outcome run(Application application, ForkSettings settings, List<String> properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(moreJvmOptions);
        command.addAll(settings.toJvmOptions());
        properties.forEach(property -> command.add("-D" + property));
        command.add("-jar");
        command.add(application.jar().toString());
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

    private static Outcome outcome(Process process, String arm) throws IOException {
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
