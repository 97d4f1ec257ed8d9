package io.eventlane.test.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.DeadLetters;
import io.eventlane.Event;
import io.eventlane.EventBus;
import io.eventlane.Replay;
import io.quarkus.test.QuarkusUnitTest;

/** What becomes of events that fail, as on a broker. */
@Timeout(60)
class FailuresTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = MemoryApplication.of(Orders.class, Payments.class, Manual.class)
            .overrideConfigKey("quarkus.eventlane.incoming.orders.retry.max-attempts", "2")
            .overrideConfigKey("quarkus.eventlane.incoming.orders.retry.initial-delay", "10ms")
            .overrideConfigKey("quarkus.eventlane.incoming.orders.failure-strategy", "dead-letter-queue")
            .overrideConfigKey("quarkus.eventlane.incoming.orders.dead-letter-queue.key-policy", "quarantine")
            .overrideConfigKey("quarkus.eventlane.incoming.payments.retry.max-attempts", "1")
            .overrideConfigKey("quarkus.eventlane.incoming.payments.failure-strategy", "delayed-retry-topic")
            .overrideConfigKey("quarkus.eventlane.incoming.payments.delayed-retry-topic.topics",
                    "payments_retry_50, payments_retry_100")
            .overrideConfigKey("quarkus.eventlane.incoming.payments.dead-letter-queue.topic", "lost-payments")
            .overrideConfigKey("quarkus.eventlane.incoming.manual.retry.initial-delay", "10ms");

    @Inject
    EventBus bus;

    @Inject
    DeadLetters deadLetters;

    @Inject
    Orders orders;

    @Inject
    Payments payments;

    @Inject
    Manual manual;

    @Test
    void whenAnEventFailsForGood_thenItsKeyIsQuarantinedAndAReplayHandlesItsLettersInOrder() {
        for (int i = 0; i < 5; i++) {
            publish("orders", "order-1", "event " + i);
        }
        await().atMost(PATIENCE).until(() -> deadLetters.quarantined("orders").contains("order-1"));
        publish("orders", "order-2", "fine");
        await().atMost(PATIENCE).until(() -> orders.handled.contains("fine"));
        assertThat(orders.attempts).containsExactly(1, 2);

        orders.mended = true;
        await().atMost(PATIENCE).until(() -> {
            // Some of the key may still be on their way to the topic when the first replay begins.
            deadLetters.replay("orders");
            return orders.handled.size() == 6;
        });
        assertThat(orders.handled).containsExactly("fine", "event 0", "event 1", "event 2", "event 3", "event 4");
        assertThat(deadLetters.replay("orders")).isEqualTo(new Replay(0, 0, 0));
        assertThat(deadLetters.quarantined("orders")).isEmpty();
    }

    @Test
    void whenAnEventIsToBeTriedAgainLater_thenItGoesThroughTheTopicsAndItsKeyGoesOn() {
        publish("payments", "p", "fails twice");
        publish("payments", "p", "fails always");
        publish("payments", "p", "fine");

        await().atMost(PATIENCE).until(() -> payments.handled.size() == 2 && payments.letters.size() == 1);
        assertThat(payments.handled).containsExactly("fine at payments", "fails twice at payments_retry_100");
        assertThat(payments.letters).containsExactly("fails always because it always fails, of payments");
    }

    @Test
    void whenAHandlerTakesTheMessage_thenItsKeyWaitsForTheAcknowledgement() {
        publish("manual", "m", "first");
        publish("manual", "m", "second");
        await().atMost(PATIENCE).until(() -> manual.taken.size() == 1);

        manual.taken.poll().nack(new IllegalStateException("not yet"));
        await().atMost(PATIENCE).until(() -> manual.taken.size() == 1);
        assertThat(manual.taken.peek().getPayload()).as("tried again").isEqualTo("first");
        manual.taken.poll().ack();

        await().atMost(PATIENCE).until(() -> manual.taken.size() == 1);
        assertThat(manual.taken.peek().getPayload()).isEqualTo("second");
        manual.taken.poll().ack();
    }

    private void publish(String channel, String key, String payload) {
        bus.publish(channel, key, payload).toCompletableFuture().join();
    }

    @Singleton
    public static class Orders {

        final Queue<String> handled = new ConcurrentLinkedQueue<>();
        final Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        volatile boolean mended;

        @Incoming("orders")
        void on(Event<String> event) {
            if (!mended && event.payload().equals("event 0")) {
                attempts.add(event.attempt());
                throw new IllegalStateException("not mended");
            }
            handled.add(event.payload());
        }
    }

    @Singleton
    public static class Payments {

        final Queue<String> handled = new ConcurrentLinkedQueue<>();
        final Queue<String> letters = new ConcurrentLinkedQueue<>();

        @Incoming("payments")
        void on(Event<String> event) {
            if (event.payload().equals("fails always")
                    || event.payload().equals("fails twice") && !event.topic().equals("payments_retry_100")) {
                throw new IllegalStateException("it always fails");
            }
            handled.add(event.payload() + " at " + event.topic());
        }

        @Incoming("lost-payments")
        void letter(Event<String> letter) {
            letters.add("%s because %s, of %s".formatted(letter.payload(), letter.header("dead-letter-reason"),
                    letter.header("dead-letter-topic")));
        }
    }

    @Singleton
    public static class Manual {

        final Queue<Message<String>> taken = new ConcurrentLinkedQueue<>();

        @Incoming("manual")
        CompletionStage<Void> on(Message<String> message) {
            taken.add(message);
            return CompletableFuture.completedStage(null);
        }
    }
}
