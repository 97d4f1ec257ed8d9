package io.eventlane.brokers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * Where something keeps its files.
 *
 * @param temporary whether it goes with its owner
 */
record WorkDirectory(Path path, boolean temporary) {

    /** @param given created where it is missing; {@code null} for a temporary directory */
    static WorkDirectory of(@Nullable Path given) {
        try {
            return given == null
                    ? new WorkDirectory(Files.createTempDirectory("eventlane-"), true)
                    : new WorkDirectory(Files.createDirectories(given), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory inside this one, which goes with it. */
    WorkDirectory inner(String name) {
        return of(path.resolve(name));
    }

    /** Idempotent. */
    void deleteIfTemporary() {
        if (!temporary || Files.notExists(path)) {
            return;
        }
        try (var paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not delete " + path, e);
        }
    }
}
