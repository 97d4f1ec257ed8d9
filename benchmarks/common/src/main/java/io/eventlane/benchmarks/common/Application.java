package io.eventlane.benchmarks.common;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A packaged application of Quarkus.
 *
 * @param directory that holds quarkus-run.jar
 */
public record Application(Path directory) {

    Path jar() {
        return directory.resolve("quarkus-run.jar");
    }

    /**
     * The version of a library that it was packaged with.
     *
     * @param library its group and its artifact with a dot between, such as {@code io.quarkus.quarkus-core}
     * @throws IllegalArgumentException when it has no such library
     */
    public String versionOf(String library) {
        try (Stream<Path> jars = Files.list(directory.resolve("lib").resolve("main"))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.startsWith(library + "-") && Character.isDigit(name.charAt(library.length() + 1)))
                    .map(name -> name.substring(library.length() + 1, name.length() - ".jar".length()))
                    .findFirst().orElseThrow(() -> new IllegalArgumentException(directory + " has no " + library));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
