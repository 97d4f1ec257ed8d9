package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsSearchTest {

    @TempDir
    Path root;

    private Path cache;
    private Path bin;

    @BeforeEach
    void directories() throws IOException {
        cache = Files.createDirectories(root.resolve("cache"));
        bin = Files.createDirectories(root.resolve("bin"));
    }

    @Test
    void whenSeveralAreFound_thenTheOldestComesFirst() throws IOException {
        server(cache.resolve("2.10.27"), "2.10.27");
        server(cache.resolve("2.9.10"), "2.9.10");
        server(bin, "2.15.1");

        assertThat(search("").all()).extracting(NatsRelease::version)
                .containsSubsequence("2.9.10", "2.10.27", "2.15.1");
    }

    @Test
    void whenOneIsChosen_thenItIsTakenAndNotAnotherOfItsVersion() throws IOException {
        Path chosen = server(root.resolve("own"), "2.9.10");
        server(cache.resolve("2.9.10"), "2.9.10");

        assertThat(search(chosen.toString()).chosen()).map(NatsRelease::executable).contains(chosen);
        assertThat(search(chosen.toString()).all()).extracting(NatsRelease::executable).contains(chosen)
                .doesNotContain(cache.resolve("2.9.10/nats-server"));
    }

    @Test
    void whenWhatIsChosenIsNoNatsServer_thenThereIsNone() throws IOException {
        Path chosen = server(root.resolve("own"), "none");

        assertThat(search(chosen.toString()).chosen()).isEmpty();
        assertThat(search(root.resolve("missing").toString()).chosen()).isEmpty();
    }

    @Test
    void whenTheCacheNamesWhereAServerCameFrom_thenTheServerIsFoundByItsVersion() throws IOException {
        Path fetched = server(cache.resolve("2.10.27"), "2.10.27");
        Files.createSymbolicLink(cache.resolve("trixie"), Path.of("2.10.27"));

        assertThat(search("").all()).filteredOn(release -> release.version().equals("2.10.27"))
                .extracting(NatsRelease::executable).containsExactly(fetched);
    }

    @Test
    void whenThereIsNoCache_thenThePathIsSearched() throws IOException {
        Path found = server(bin, "2.15.1");

        assertThat(new NatsSearch("", root.resolve("missing"), bin + ":").all()).extracting(NatsRelease::executable)
                .contains(found);
    }

    @Test
    void whenAReleaseIsLookedAt_thenItBelongsToItsLineAlone() {
        assertThat(NatsLine.OLDEST.has(release("2.9.10"))).isTrue();
        assertThat(NatsLine.OLDEST.has(release("2.10.27"))).isFalse();
        assertThat(NatsLine.STANDARD.has(release("2.10.27"))).isTrue();
        assertThat(NatsLine.STANDARD.has(release("2.1.0"))).isFalse();
        assertThat(NatsLine.NEWEST.has(release("2.11.0"))).isTrue();
        assertThat(NatsLine.NEWEST.has(release("2.9.10"))).isFalse();
        assertThat(NatsLine.NEWEST.has(release("2.10.27"))).isFalse();
    }

    private NatsSearch search(String named) {
        return new NatsSearch(named, cache, bin.toString());
    }

    private static NatsRelease release(String version) {
        return new NatsRelease(version, Path.of("nats-server"));
    }

    /** Something that says what a nats-server says of itself. */
    private static Path server(Path directory, String version) throws IOException {
        Path file = Files.createDirectories(directory).resolve("nats-server");
        Files.writeString(file, "#!/bin/sh\necho nats-server: v" + version + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
