package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

/** A connection with an outgoing channel. Every event has an id of its own. */
final class TestPublisher implements AutoCloseable {

    final NatsLink link;
    final JetStreamOutbound channel;
    private final AckInbox inbox;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger ids = new AtomicInteger();

    TestPublisher(String servers, Channels channel) {
        this(ConnectionSettings.of("test", servers.split(",")), channel, TopicSpec.of(channel.settings().topic()));
    }

    TestPublisher(String servers, Channels channel, TopicSpec topic) {
        this(ConnectionSettings.of("test", servers.split(",")), channel, topic);
    }

    TestPublisher(ConnectionSettings connection, Channels channel, TopicSpec topic) {
        link = NatsLink.open(connection);
        inbox = AckInbox.of(link);
        this.channel = open(channel, topic);
    }

    /** One more channel on the same connection. */
    JetStreamOutbound open(Channels channel, TopicSpec topic) {
        Streams streams = new Streams(link, TopicSpecs.of(List.of(topic)));
        return JetStreamOutbound.open(channel.settings(), inbox, new StreamOfTopic(link, streams, topic), timer);
    }

    CompletionStage<Position> send(@Nullable String key, @Nullable String payload) {
        return channel.send(record(key, payload));
    }

    CompletionStage<Position> trySend(@Nullable String key, @Nullable String payload) {
        return channel.trySend(record(key, payload));
    }

    OutboundRecord record(@Nullable String key, @Nullable String payload) {
        String id = "event-" + ids.incrementAndGet();
        return new OutboundRecord(id, bytes(key), bytes(payload), List.of(Map.entry("X-Event-ID", bytes(id))));
    }

    /** Returns when an event has been stored. */
    void awaitReady() {
        await().until(() -> send("ready", "ready " + ids.get()).handle((position, failure) -> position != null)
                .toCompletableFuture().join());
    }

    /** How often the event that has no outcome was sent that was sent first; 0 when there is none. */
    int attempts() {
        Sending first = channel.sender().inFlight().all().stream().findFirst().orElse(null);
        return first == null ? 0 : first.attempt();
    }

    void close(Duration deadline) {
        channel.close(deadline);
        link.close();
        timer.shutdownNow();
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(30));
    }

    static Position join(CompletionStage<Position> stage) {
        return stage.toCompletableFuture().join();
    }

    static OutboundException failureOf(CompletionStage<Position> stage) {
        Throwable thrown = catchThrowable(() -> join(stage));
        assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(OutboundException.class);
        return (OutboundException) thrown.getCause();
    }

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
