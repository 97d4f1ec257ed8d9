package io.eventlane.it.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.eventlane.it.guarantees.Workload.Keyed;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;

/**
 * Publishes as the connector does. An event keeps its id however often it is sent, so that the stream has it once, and no
 * other of its key is sent before it is acknowledged.
 */
final class NatsOutlet implements Outlet {

    static final String KEY = "X-Key";

    private static final long ATTEMPT_MILLIS = 2_000;
    private static final Executor SOON = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    private final JetStream jetStream;
    private final String topic;
    private final boolean partitioned;
    private final Map<String, CompletableFuture<Void>> newestOfKey = new HashMap<>();
    private volatile boolean closed;

    NatsOutlet(Connection connection, String topic, boolean partitioned) {
        try {
            this.jetStream = connection.jetStream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        this.topic = topic;
        this.partitioned = partitioned;
    }

    @Override
    public void send(Keyed event, Answer answer) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        newestOfKey.compute(event.key(),
                (key, before) -> (before == null ? CompletableFuture.<Void> completedFuture(null) : before)
                        .thenCompose(done -> attempt(event, deadline)).handle((ack, failure) -> {
                            if (ack != null) {
                                answer.acknowledged(ack.getStream() + "-0@" + ack.getSeqno());
                            } else {
                                answer.failed(new IllegalStateException(event + " was not acknowledged", failure));
                            }
                            return null;
                        }));
    }

    private CompletableFuture<PublishAck> attempt(Keyed event, long deadline) {
        return publish(event).orTimeout(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS).exceptionallyCompose(
                failure -> closed || System.nanoTime() - deadline > 0 ? CompletableFuture.failedFuture(failure)
                        : CompletableFuture.completedFuture(null).thenComposeAsync(wait -> attempt(event, deadline), SOON));
    }

    private CompletableFuture<PublishAck> publish(Keyed event) {
        try {
            return jetStream.publishAsync(message(event)).thenApply(NatsOutlet::stored);
        } catch (RuntimeException e) {
            // No connection.
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A server that knows the id of an event which it has not stored yet, and perhaps never will, says it is at 0. */
    private static PublishAck stored(PublishAck ack) {
        if (ack.getSeqno() == 0) {
            throw new IllegalStateException("Not stored yet: " + ack);
        }
        return ack;
    }

    private Message message(Keyed event) {
        Headers headers = new Headers().add("Nats-Msg-Id", event.key() + "/" + event.work().number()).add(KEY, event.key());
        return NatsMessage.builder().subject(partitioned ? topic + "." + event.key() : topic).headers(headers)
                .data(event.work().toString().getBytes(UTF_8)).build();
    }

    @Override
    public void flush() {
        CompletableFuture.allOf(newestOfKey.values().toArray(CompletableFuture[]::new)).join();
    }

    @Override
    public void close() {
        closed = true;
    }
}
