package io.eventlane.it.shutdown;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.eventlane.brokers.FreePort;

/** The packaged application in a process of its own. */
final class Shop implements AutoCloseable {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private final Path directory;
    private final Process process;

    /**
     * @param directory for the journal and the log; a later start in the same directory appends
     * @param settings such as {@code -Dquarkus.shutdown.delay=1s}
     */
    Shop(String bootstrapServers, Path directory, String... settings) throws IOException {
        this.directory = directory;
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-Dquarkus.http.port=" + port, "-Dkafka.bootstrap.servers=" + bootstrapServers,
                "-Djournal.directory=" + directory));
        command.addAll(List.of(settings));
        command.addAll(List.of("-jar", JAR.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log().toFile()))
                .start();
    }

    Path log() {
        return directory.resolve("shop.log");
    }

    /** Handlers that run, and those that start, go no further. */
    void hold() throws IOException {
        Files.createFile(directory.resolve("hold"));
    }

    void release() throws IOException {
        Files.delete(directory.resolve("hold"));
    }

    /** The positions that the journal has with this word, as often as it has them. */
    List<String> journal(String word) throws IOException {
        try {
            return Files.readAllLines(directory.resolve("journal")).stream().filter(line -> line.startsWith(word + " "))
                    .map(line -> line.substring(word.length() + 1)).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /**
     * @throws IOException when the application does not answer
     */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(10))
                .build(), BodyHandlers.ofString());
    }

    /** SIGTERM. */
    void terminate() {
        process.toHandle().destroy();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the application did not stop, see " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
