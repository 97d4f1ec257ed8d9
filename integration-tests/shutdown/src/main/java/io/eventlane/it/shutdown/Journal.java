package io.eventlane.it.shutdown;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.eventlane.Position;

/** A file that outlives the application, and another one by whose presence handlers are held. */
@Singleton
class Journal {

    private final Path lines;
    private final Path hold;

    Journal(@ConfigProperty(name = "journal.directory") Path directory) {
        lines = directory.resolve("journal");
        hold = directory.resolve("hold");
    }

    /** Appends one line, in one write. */
    void write(String line) {
        try {
            Files.writeString(lines, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when nobody holds the handlers. */
    void awaitRelease(Position position) throws InterruptedException {
        if (Files.exists(hold)) {
            write("held " + position);
        }
        while (Files.exists(hold)) {
            Thread.sleep(10);
        }
    }
}
