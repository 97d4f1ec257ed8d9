package io.eventlane.brokers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where nats-servers are looked for.
 *
 * @param named the executable that somebody chose; empty for none
 * @param cache where {@code brokers/nats-servers} puts what it fetched: a directory for each version, and links to them
 * @param path directories as the {@code PATH} has them
 */
record NatsSearch(String named, Path cache, String path) {

    private static final List<Path> USUAL = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
            .map(Path::of).toList();

    static NatsSearch ofThisProcess() {
        String cache = environment("XDG_CACHE_HOME");
        Path root = cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return new NatsSearch(System.getProperty("nats.server", environment("NATS_SERVER")),
                root.resolve("eventlane").resolve("nats-server"), environment("PATH"));
    }

    /** What was chosen, if anything was and if it is a nats-server. */
    Optional<NatsRelease> chosen() {
        return named.isEmpty() ? Optional.empty() : NatsRelease.at(Path.of(named));
    }

    /** All that there are, the oldest first; of each version the one that was found first. */
    List<NatsRelease> all() {
        TreeSet<NatsRelease> found = new TreeSet<>();
        chosen().ifPresent(found::add);
        for (Path directory : directories()) {
            NatsRelease.at(directory.resolve("nats-server")).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    private List<Path> directories() {
        List<Path> all = new ArrayList<>(fetched());
        Stream.of(path.split(File.pathSeparator)).filter(each -> !each.isEmpty()).map(Path::of).forEach(all::add);
        all.addAll(USUAL);
        return all;
    }

    private List<Path> fetched() {
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(cache)) {
            return inside.filter(each -> !Files.isSymbolicLink(each)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }
}
