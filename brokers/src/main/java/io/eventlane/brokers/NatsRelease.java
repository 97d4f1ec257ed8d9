package io.eventlane.brokers;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A nats-server that this machine has. The older one comes first.
 *
 * @param version such as {@code 2.10.27}
 * @param executable where it is
 */
public record NatsRelease(String version, Path executable) implements Comparable<NatsRelease> {

    private static final Pattern SAID = Pattern.compile("nats-server: v(\\d+\\.\\d+\\.\\d+\\S*)");

    /** What there is at that path; empty when it is no nats-server that runs here. */
    static Optional<NatsRelease> at(Path executable) {
        if (!Files.isRegularFile(executable) || !Files.isExecutable(executable)) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(executable.toString(), "--version").redirectErrorStream(true).start();
            process.getOutputStream().close();
            Matcher said = SAID.matcher(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            return said.find() ? Optional.of(new NatsRelease(said.group(1), executable)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it is of that version or a newer one. */
    public boolean isAtLeast(String other) {
        return Version.parse(version).compareTo(Version.parse(other)) >= 0;
    }

    /** Whether it is one of a line's patches. */
    boolean isOf(String line) {
        return version.startsWith(line + ".");
    }

    @Override
    public int compareTo(NatsRelease other) {
        return Version.parse(version).compareTo(Version.parse(other.version));
    }
}
