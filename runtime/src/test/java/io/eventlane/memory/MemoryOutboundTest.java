package io.eventlane.memory;

import static io.eventlane.memory.Events.event;
import static io.eventlane.memory.Events.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import io.eventlane.Position;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

class MemoryOutboundTest {

    private final MemoryTopic topic = new MemoryTopic("orders", false);
    private final TopicReader reader = topic.reader();
    private final Outbound outbound = outbound(Duration.ofMinutes(1));

    @Test
    void whenTheTopicHasAnEvent_thenItIsAcknowledgedBeforeTheCallReturns() {
        assertThat(outbound.send(event("k", "a")).toCompletableFuture()).isCompletedWithValue(new Position("orders", 0, 0));
        assertThat(outbound.trySend(event("k", "b")).toCompletableFuture()).isCompletedWithValue(new Position("orders", 0, 1));
    }

    @Test
    void whenTheApplicationGoesOnUsingTheBytes_thenTheEventStaysAsItWas() {
        OutboundRecord event = event("k", "a");
        outbound.send(event);
        event.payload()[0] = 'b';

        assertThat(text(reader.peek().payload)).isEqualTo("a");
    }

    @Test
    void whenTheBoundIsReached_thenTrySendIsRefusedAndTheTopicHasNothingOfIt() {
        fill();

        assertRefused(outbound.trySend(event(null, "c")), Reason.BACK_PRESSURE,
                "Channel shop: an event for topic orders was not sent: 2 events of the topic wait for a reader already"
                        + " (quarkus.eventlane.outgoing.shop.max-inflight-messages), and this thread must not wait");
        assertThat(topic.newest()).isEqualTo(1);
    }

    @Test
    void whenTheBoundIsReached_thenSendWaitsForAReader() {
        fill();
        AtomicReference<CompletionStage<Position>> sent = new AtomicReference<>();
        Thread publisher = Thread.ofVirtual().start(() -> sent.set(outbound.send(event(null, "c"))));
        awaitParked(publisher);
        assertThat(topic.newest()).isEqualTo(1);

        reader.pass(reader.peek());
        reader.release();

        await().until(() -> sent.get() != null);
        assertThat(sent.get().toCompletableFuture()).isCompletedWithValue(new Position("orders", 0, 2));
    }

    @Test
    void whenNoReaderGetsOn_thenSendIsRefused() {
        fill();

        assertRefused(outbound(Duration.ofMillis(30)).send(event(null, "c")), Reason.BACK_PRESSURE,
                "Channel shop: an event for topic orders was not sent: 2 events of the topic wait for a reader already"
                        + " (quarkus.eventlane.outgoing.shop.max-inflight-messages), and none was taken within PT0.03S");
    }

    @Test
    void whenTheThreadIsInterruptedWhileItWaits_thenSendIsRefusedAndTheThreadKeepsTheInterrupt() {
        fill();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread publisher = Thread.ofVirtual().start(() -> {
            CompletableFuture<Position> sent = outbound.send(event(null, "c")).toCompletableFuture();
            failure.set(Thread.currentThread().isInterrupted() ? sent.exceptionNow() : null);
        });
        awaitParked(publisher);

        publisher.interrupt();

        await().until(() -> failure.get() != null);
        assertThat(failure.get()).isInstanceOfSatisfying(OutboundException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.BACK_PRESSURE));
    }

    @Test
    void whenItIsClosed_thenWhoWaitsAndWhoComesIsRefused() {
        fill();
        AtomicReference<CompletionStage<Position>> waiting = new AtomicReference<>();
        Thread publisher = Thread.ofVirtual().start(() -> waiting.set(outbound.send(event(null, "c"))));
        awaitParked(publisher);

        outbound.close(Duration.ofSeconds(5));

        await().until(() -> waiting.get() != null);
        String closed = "Channel shop: an event for topic orders was not sent: the channel is closed";
        assertRefused(waiting.get(), Reason.CLOSED, closed);
        assertRefused(outbound.send(event(null, "d")), Reason.CLOSED, closed);
        assertRefused(outbound.trySend(event(null, "e")), Reason.CLOSED, closed);
        assertThat(topic.newest()).isEqualTo(1);
    }

    private void fill() {
        outbound.send(event(null, "a"));
        outbound.send(event(null, "b"));
    }

    private Outbound outbound(Duration maxWait) {
        return new MemoryOutbound(
                new MemoryOutgoing("shop", "orders", 2, "quarkus.eventlane.outgoing.shop.max-inflight-messages"), topic,
                maxWait);
    }

    private static void awaitParked(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    private static void assertRefused(CompletionStage<Position> sent, Reason reason, String message) {
        assertThat(sent.toCompletableFuture().exceptionNow()).isInstanceOfSatisfying(OutboundException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.status()).isEqualTo(Status.FAILED);
        }).hasMessage(message);
    }
}
