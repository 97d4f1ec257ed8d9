package io.eventlane.benchmarks.jetstream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.eventlane.benchmarks.common.Records;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.Options.SubjectValidationType;
import io.nats.client.impl.Headers;

/** The client as whoever wants it to be fast would set it up, and the headers that all arms give to a message. */
public final class BareClient {

    /** How many messages a consumer asks for at once. */
    public static final int FETCH = 500;

    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);

    private BareClient() {
    }

    /**
     * Flushes no request on its own, has no bound on what waits to be sent, checks no subjects, and seldom looks for requests
     * that are overdue.
     */
    public static Connection connect(String url) throws IOException, InterruptedException {
        return Nats.connect(Options.builder()
                .server(url)
                .dontForceFlushOnRequest()
                .maxMessagesInOutgoingQueue(0)
                .subjectValidationType(SubjectValidationType.None)
                .requestCleanupInterval(Duration.ofMinutes(1))
                .build());
    }

    /** Sends what waits to be sent first. */
    public static void close(Connection connection) throws InterruptedException, TimeoutException {
        connection.flush(FLUSH_TIMEOUT);
        connection.close();
    }

    public static Headers headers(String key) {
        String id = Records.freshId();
        Headers headers = new Headers();
        headers.put("Nats-Msg-Id", id);
        headers.put("X-Event-ID", id);
        headers.put("X-Aggregate-ID", key);
        return headers;
    }
}
