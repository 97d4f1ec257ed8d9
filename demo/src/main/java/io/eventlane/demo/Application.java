package io.eventlane.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.eventlane.brokers.FreePort;

/** The quickstart in a process of its own, as it would run in production. */
final class Application implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
    private static final Duration BURST_TIMEOUT = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.find();
    private final ProcessBuilder builder;
    private final Path log;
    private @Nullable Process process;

    /**
     * @param directory where the journal and the log are written
     */
    Application(Options options, Broker broker, Path directory) {
        log = directory.resolve("application.log");
        List<String> settings = new ArrayList<>(List.of(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Djournal.directory=" + directory));
        broker.settings(options).forEach(setting -> settings.add("-D" + setting));
        options.sabotage().ifPresent(kind -> settings.add("-Dsabotage=" + kind));
        builder = new ProcessBuilder(command(options.application(), settings))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "kill-application"));
    }

    private static List<String> command(Path application, List<String> settings) {
        List<String> command = new ArrayList<>();
        if (application.toString().endsWith(".jar")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.add("-Xmx512m");
            command.addAll(settings);
            command.add("-jar");
            command.add(application.toString());
        } else {
            command.add(application.toAbsolutePath().toString());
            command.addAll(settings);
        }
        return command;
    }

    /** Returns when the application answers requests. */
    void start() throws IOException, InterruptedException {
        Process started = builder.start();
        process = started;
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answers()) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The application did not start. Its log, " + log + ", ends with:\n" + tail());
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            http.send(HttpRequest.newBuilder(uri("/load")).GET().build(), BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Has a burst published, and returns when all of it is acknowledged.
     *
     * @throws IOException when the application went away meanwhile
     */
    void burst(int first, int events, int keys) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri("/load?first=" + first + "&events=" + events + "&keys=" + keys))
                .timeout(BURST_TIMEOUT).POST(BodyPublishers.noBody()).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    "The application could not publish: " + response.statusCode() + " " + response.body()
                            + "\nIts log is " + log);
        }
    }

    /** As {@code kill -9} does it. Idempotent. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    /** Asks the application to stop, and waits until it has. */
    @Override
    public void close() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println(
                        "The application did not stop within " + STOP_TIMEOUT.toSeconds() + " s and is killed: see " + log);
                kill();
            }
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
