package io.eventlane.test.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.DeadLetters;
import io.eventlane.EventBus;
import io.eventlane.Replay;
import io.quarkus.test.QuarkusUnitTest;

class JetStreamDeadLettersTest {

    private static final String TOPIC = "orders-" + UUID.randomUUID();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = JetStreamApplication.of(Handlers.class)
            .overrideConfigKey("quarkus.eventlane.incoming.orders.topic", TOPIC)
            .overrideConfigKey("quarkus.eventlane.incoming.orders.retry.max-attempts", "1")
            .overrideConfigKey("quarkus.eventlane.incoming.orders.failure-strategy", "dead-letter-queue")
            .overrideConfigKey("quarkus.eventlane.incoming.orders.dead-letter-queue.topic", TOPIC + "-dead")
            .overrideConfigKey("quarkus.eventlane.incoming.orders.dead-letter-queue.key-policy", "quarantine")
            .overrideConfigKey("quarkus.eventlane.outgoing.orders.topic", TOPIC);

    @Inject
    EventBus bus;

    @Inject
    DeadLetters deadLetters;

    @Inject
    Handlers handlers;

    @Test
    void whenTheHandlerIsMended_thenAReplayHandlesTheLettersInOrder() {
        for (int i = 0; i < 5; i++) {
            bus.publish("orders", "order-1", "event " + i).toCompletableFuture().join();
        }
        await().atMost(Duration.ofSeconds(40)).until(() -> deadLetters.quarantined("orders").contains("order-1"));
        bus.publish("orders", "order-2", "fine").toCompletableFuture().join();
        await().atMost(Duration.ofSeconds(40)).until(() -> handlers.handled().contains("fine"));

        handlers.mend();
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            // Some of the key may still be on their way to the topic when the first replay begins.
            deadLetters.replay("orders");
            return handlers.handled().size() == 6;
        });

        assertThat(handlers.handled()).containsExactly("fine", "event 0", "event 1", "event 2", "event 3", "event 4");
        assertThat(deadLetters.replay("orders")).isEqualTo(new Replay(0, 0, 0));
    }

    @ApplicationScoped
    public static class Handlers {

        private final Queue<String> handled = new ConcurrentLinkedQueue<>();
        private volatile boolean mended;

        @Incoming("orders")
        void on(String text) {
            if (!mended && text.equals("event 0")) {
                throw new IllegalStateException("not mended");
            }
            handled.add(text);
        }

        Queue<String> handled() {
            return handled;
        }

        void mend() {
            mended = true;
        }
    }
}
