package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventBus;
import io.eventlane.EventPublisher;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.PublishTo;
import io.quarkus.test.QuarkusUnitTest;

class PublishAndHandleTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handlers.class, Publishers.class, Order.class)
            .overrideConfigKey("quarkus.eventlane.incoming.pah-json.topic", "pah-json-topic")
            .overrideConfigKey("quarkus.eventlane.outgoing.pah-json.topic", "pah-json-topic");

    public record Order(String id, int amount) {
    }

    @Inject
    EventBus bus;

    @Inject
    Publishers publishers;

    @Inject
    Handlers handlers;

    @Test
    void whenJsonIsPublished_thenItsHandlerGetsItOnAVirtualThread() throws Exception {
        PublishReceipt receipt = get(bus.publish("pah-json", "k", new Order("17", 3)));

        assertThat(receipt.status()).isEqualTo(Status.OK);
        assertThat(receipt.topic()).isEqualTo("pah-json-topic");
        Handled handled = handlers.next();
        assertThat(handled.payload()).isEqualTo(new Order("17", 3));
        assertThat(handled.thread()).startsWith("eventlane-pah-json-").endsWith("virtual");
        assertThat(handled.event().key()).isEqualTo("k");
        assertThat(handled.event().id()).isEqualTo(receipt.eventId());
        assertThat(handled.event().position()).isEqualTo(receipt.position());
    }

    @Test
    void whenOtherKindsArePublished_thenTheirHandlersGetThem() throws Exception {
        get(bus.publish("pah-text", "grün"));
        assertThat(handlers.next().payload()).isEqualTo("grün");
        get(bus.publish("pah-bytes", new byte[] { 0, 1, (byte) 0xff }));
        assertThat(handlers.next().payload()).isEqualTo(new byte[] { 0, 1, (byte) 0xff });
        get(bus.publish("pah-number", 17));
        assertThat(handlers.next().payload()).isEqualTo(17L);
        get(bus.publish("pah-list", List.of(new Order("1", 1), new Order("2", 2))));
        assertThat(handlers.next().payload()).isEqualTo(List.of(new Order("1", 1), new Order("2", 2)));
    }

    @Test
    void whenATombstoneIsPublished_thenItsHandlerGetsNull() throws Exception {
        get(publishers.orders.publish("k", null));

        assertThat(handlers.next().payload()).isNull();
    }

    @Test
    void whenAnEnvelopeIsPublished_thenTheHandlerGetsItWhole() throws Exception {
        Envelope<Order> envelope = Envelope.of("order-17", "order.placed", 2, new Order("17", 3)).withTenantId("n-1");

        PublishReceipt receipt = get(publishers.envelopes.publish(envelope));

        assertThat(receipt.aggregateId()).isEqualTo("order-17");
        assertThat(handlers.next().payload()).isEqualTo(envelope);
    }

    @Test
    void whenAnEnvelopeGoesToAHandlerOfThePayload_thenItGetsThatWithTheEnvelopesFields() throws Exception {
        get(publishers.orders.publish(Envelope.of("order-17", "order.placed", 2, new Order("17", 3))));

        Handled handled = handlers.next();
        assertThat(handled.payload()).isEqualTo(new Order("17", 3));
        assertThat(handled.event().aggregateId()).isEqualTo("order-17");
        assertThat(handled.event().type()).isEqualTo("order.placed");
        assertThat(handled.event().header("X-Event-Version")).isEqualTo("2");
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    public record Handled(Object payload, Event<?> event, String thread) {
    }

    @Singleton
    public static class Publishers {

        @Inject
        @PublishTo("pah-json")
        EventPublisher<Order> orders;

        @Inject
        @PublishTo("pah-envelope")
        EventPublisher<Order> envelopes;
    }

    @ApplicationScoped
    public static class Handlers {

        private final BlockingQueue<Handled> handled = new LinkedBlockingQueue<>();

        Handled next() throws InterruptedException {
            Handled next = handled.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("the next event handled").isNotNull();
            return next;
        }

        @Incoming("pah-json")
        void json(Event<Order> event) {
            handled.add(new Handled(event.payload(), event,
                    Thread.currentThread().getName() + (Thread.currentThread().isVirtual() ? " virtual" : " platform")));
        }

        @Incoming("pah-text")
        void text(String payload) {
            handled.add(new Handled(payload, null, ""));
        }

        @Incoming("pah-bytes")
        void bytes(byte[] payload) {
            handled.add(new Handled(payload, null, ""));
        }

        @Incoming("pah-number")
        void number(long payload) {
            handled.add(new Handled(payload, null, ""));
        }

        @Incoming("pah-list")
        void list(List<Order> payload) {
            handled.add(new Handled(payload, null, ""));
        }

        @Incoming("pah-envelope")
        void envelope(Envelope<Order> payload) {
            handled.add(new Handled(payload, null, ""));
        }
    }
}
