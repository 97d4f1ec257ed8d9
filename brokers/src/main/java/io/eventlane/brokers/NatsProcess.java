package io.eventlane.brokers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process of nats-server, which lives no longer than this JVM: a shell beside it waits for the end of a pipe that this
 * JVM holds, and kills it then. The shell is started first and becomes the server, so that the process is the server's.
 */
final class NatsProcess {

    private static final String SCRIPT = """
            exec 3<&0
            (read -r _ <&3; kill -9 $$) >/dev/null 2>&1 &
            exec "$0" -c "$1" </dev/null 3<&-
            """;

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);
    private static final int HTTP_TIMEOUT_MILLIS = 1000;

    private final ChildProcess process;
    private final long logStart;
    private final NatsNode node;

    private NatsProcess(ChildProcess process, long logStart, NatsNode node) {
        this.process = process;
        this.logStart = logStart;
        this.node = node;
    }

    /**
     * Starts the process; {@link #awaitReady} is due next.
     *
     * @param log is added to
     * @param node what the configuration is for
     */
    static NatsProcess start(Path executable, Path configuration, Path log, NatsNode node) {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT, executable.toString(), configuration.toString())
                .redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        try {
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            return new NatsProcess(new ChildProcess(builder.start(), log), logStart, node);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run /bin/sh", e);
        }
    }

    ChildProcess process() {
        return process;
    }

    /**
     * Returns when the server accepts connections and its JetStream is up, which in a cluster takes a majority of the nodes.
     *
     * @throws IllegalStateException when it ends instead, or does not come up; the message ends with the end of its log
     */
    void awaitReady() {
        boolean ready = Polling.until(() -> !process.isAlive() || listens() && isHealthy(), READY_TIMEOUT);
        if (!process.isAlive()) {
            throw process.endedTooEarly();
        }
        if (!ready) {
            process.kill();
            throw new IllegalStateException("The broker was not ready after " + READY_TIMEOUT.toSeconds() + " s. Its log, "
                    + process.log() + ", ends with:\n" + process.tail());
        }
    }

    /** Asked first: only this server writes this log, whereas others may answer on its ports while it fails to get them. */
    private boolean listens() {
        try (InputStream log = Files.newInputStream(process.log())) {
            log.skipNBytes(logStart);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8).contains("Server is ready");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isHealthy() {
        try {
            // Newer servers then leave out the streams, whose replicas may take long to catch up; older ones look at them too.
            var url = URI.create(node.monitoringUrl() + "/healthz?js-meta-only=true").toURL();
            var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(HTTP_TIMEOUT_MILLIS);
            connection.setReadTimeout(HTTP_TIMEOUT_MILLIS);
            boolean healthy = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            connection.disconnect();
            return healthy;
        } catch (IOException e) {
            return false;
        }
    }
}
