package io.eventlane.test.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventBus;
import io.eventlane.EventPublisher;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishTo;
import io.nats.client.Message;
import io.quarkus.test.QuarkusUnitTest;

/** The same handlers as on Kafka: another connector, and nothing else. */
class JetStreamEndToEndTest {

    private static final String TOPIC = "orders-" + UUID.randomUUID();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = JetStreamApplication.of(Handlers.class)
            .overrideConfigKey("quarkus.eventlane.incoming.orders.topic", TOPIC)
            .overrideConfigKey("quarkus.eventlane.outgoing.orders.topic", TOPIC)
            .overrideConfigKey("quarkus.eventlane.incoming.shipped.topic", TOPIC + "-shipped")
            .overrideConfigKey("quarkus.eventlane.outgoing.shipped.topic", TOPIC + "-shipped")
            .overrideConfigKey("quarkus.eventlane.topic.\"" + TOPIC + "\".partitions", "4");

    @Inject
    EventBus bus;

    @Inject
    @PublishTo("orders")
    EventPublisher<Order> orders;

    @Inject
    Handlers handlers;

    @Test
    void whenEventsArePublished_thenTheyAreHandledInOrderAndTheirResultsToo() {
        for (int i = 0; i < 50; i++) {
            for (String key : List.of("order-1", "ördér 2", "order.3")) {
                PublishReceipt receipt = bus.publish("orders", key, new Order(key, i)).toCompletableFuture().join();
                assertThat(receipt.position()).isNotNull();
            }
        }
        await().atMost(Duration.ofSeconds(40)).until(() -> handlers.shipped.size() == 150);

        assertThat(handlers.numbers).hasSize(3).allSatisfy((key, numbers) -> assertThat(numbers)
                .containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList()));
        assertThat(handlers.shipped)
                .allMatch(line -> line.matches("(order-1|ördér 2|order.3)=shipped (order-1|ördér 2|order.3) \\d+"));
    }

    @Test
    void whenAnEnvelopeIsPublished_thenItsFieldsArrive() {
        orders.publish(Envelope.of("order-9", "placed", 1, new Order("order-9", 1))).toCompletableFuture().join();

        await().atMost(Duration.ofSeconds(40)).until(() -> handlers.numbers.containsKey("order-9"));
        handlers.numbers.remove("order-9");
        handlers.shipped.removeIf(line -> line.startsWith("order-9"));
    }

    public record Order(String id, int number) {
    }

    @Singleton
    public static class Handlers {

        final Map<String, Queue<Integer>> numbers = new ConcurrentHashMap<>();
        final Queue<String> shipped = new ConcurrentLinkedQueue<>();

        @Incoming("orders")
        @Outgoing("shipped")
        String onOrder(Event<Order> event) throws InterruptedException {
            assertThat(event.unwrap(Message.class).getData()).isNotEmpty();
            Thread.sleep(ThreadLocalRandom.current().nextInt(3));
            numbers.computeIfAbsent(String.valueOf(event.key()), key -> new ConcurrentLinkedQueue<>())
                    .add(event.payload().number());
            return "shipped " + event.payload().id() + " " + event.payload().number();
        }

        @Incoming("shipped")
        void onShipped(Event<String> event) {
            shipped.add(event.key() + "=" + event.payload());
        }
    }
}
