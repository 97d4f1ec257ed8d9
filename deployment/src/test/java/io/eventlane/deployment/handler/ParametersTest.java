package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.Header;
import io.eventlane.Key;
import io.eventlane.runtime.HandlerMethod;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.test.QuarkusUnitTest;

class ParametersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Consumer.class, Order.class);

    private static final ConsumerRecord<byte[], byte[]> RECORD = new ConsumerRecord<>("orders", 0, 7, new byte[0], new byte[0]);

    @Inject
    HandlerTable table;

    @Inject
    Consumer consumer;

    @Test
    void whenPayloadKeyAndHeader_thenEachIsBound() throws Throwable {
        assertReceives("all", event(new Order("a")), "north", new Order("a"), "k-1", null);
        assertDecodesTo("all", Order.class, false);
    }

    @Test
    void whenOnlyKeyAndHeader_thenNothingIsDecoded() throws Throwable {
        assertReceives("metadata", event(new byte[0]), "k-1", "north");
        assertDecodesTo("metadata", byte[].class, false);
    }

    @Test
    void whenNoParameter_thenMethodIsCalled() throws Throwable {
        assertReceives("nothing", event(new byte[0]));
        assertDecodesTo("nothing", byte[].class, false);
    }

    @Test
    void whenEnvelope_thenItIsPassedWhole() throws Throwable {
        Envelope<Order> envelope = Envelope.of("o-1", "order.placed", 1, new Order("a"));
        assertReceives("envelope", event(envelope), envelope);
        assertDecodesTo("envelope", Order.class, true);
    }

    @Test
    void whenEvent_thenItIsTheEventItself() throws Throwable {
        TestEvent<Order> event = event(new Order("a"));
        assertReceives("event", event, event);
        assertDecodesTo("event", Order.class, false);
    }

    @Test
    void whenEventOfEnvelope_thenEnvelopeIsDecoded() throws Throwable {
        TestEvent<Envelope<Order>> event = event(Envelope.of("o-1", "order.placed", 1, new Order("a")));
        assertReceives("event-of-envelope", event, event);
        assertDecodesTo("event-of-envelope", Order.class, true);
    }

    @Test
    void whenEventOfAnything_thenPayloadBesideItDecides() throws Throwable {
        TestEvent<Order> event = event(new Order("a"));
        assertReceives("beside", event, new Order("a"), event);
        assertDecodesTo("beside", Order.class, false);
    }

    @Test
    void whenEventOfAnythingAlone_thenNothingIsDecoded() throws Throwable {
        TestEvent<byte[]> event = event(new byte[0]);
        assertReceives("event-of-anything", event, event);
        assertDecodesTo("event-of-anything", byte[].class, false);
    }

    @Test
    void whenConsumerRecord_thenItIsUnwrapped() throws Throwable {
        assertReceives("record", event(new byte[0]), RECORD);
        assertDecodesTo("record", byte[].class, false);
    }

    @Test
    void whenMessage_thenItIsTheEventItself() throws Throwable {
        TestEvent<Order> event = event(new Order("a"));
        assertReceives("message", event, event);
        assertDecodesTo("message", Order.class, false);
        assertThat(new Handlers(table).only("message").method().message()).isTrue();
        assertThat(new Handlers(table).only("event").method().message()).isFalse();
    }

    @Test
    void whenMessageOfEnvelope_thenEnvelopeIsDecoded() throws Throwable {
        TestEvent<Envelope<Order>> event = event(Envelope.of("o-1", "order.placed", 1, new Order("a")));
        assertReceives("message-of-envelope", event, event);
        assertDecodesTo("message-of-envelope", Order.class, true);
    }

    @Test
    void whenMessageOfAnything_thenPayloadBesideItDecides() throws Throwable {
        TestEvent<Order> event = event(new Order("a"));
        assertReceives("beside-message", event, event, new Order("a"));
        assertDecodesTo("beside-message", Order.class, false);
    }

    @Test
    void whenMessageOfAnythingAlone_thenNothingIsDecoded() throws Throwable {
        TestEvent<byte[]> event = event(new byte[0]);
        assertReceives("message-of-anything", event, event);
        assertDecodesTo("message-of-anything", byte[].class, false);
    }

    private static <T> TestEvent<T> event(T payload) {
        return new TestEvent<>(payload, "k-1", Map.of("X-Region", "north"), RECORD);
    }

    private void assertReceives(String channel, Event<?> event, Object... arguments) throws Throwable {
        new Handlers(table).invoke(channel, event);
        assertThat(consumer.seen).containsExactly(arguments);
    }

    private void assertDecodesTo(String channel, Class<?> type, boolean envelope) {
        HandlerMethod method = new Handlers(table).only(channel).method();
        assertThat(method.payloadType()).isEqualTo(type);
        assertThat(method.envelope()).isEqualTo(envelope);
    }

    record Order(String id) {
    }

    static class Consumer {

        List<Object> seen;

        @Incoming("all")
        void all(@Header("X-Region") String region, Order order, @Key String key, @Header("X-None") String none) {
            seen = Arrays.asList(region, order, key, none);
        }

        @Incoming("metadata")
        void metadata(@Key String key, @Header("X-Region") String region) {
            seen = List.of(key, region);
        }

        @Incoming("nothing")
        void nothing() {
            seen = List.of();
        }

        @Incoming("envelope")
        void envelope(Envelope<Order> envelope) {
            seen = List.of(envelope);
        }

        @Incoming("event")
        void event(Event<Order> event) {
            seen = List.of(event);
        }

        @Incoming("event-of-envelope")
        void eventOfEnvelope(Event<Envelope<Order>> event) {
            seen = List.of(event);
        }

        @Incoming("beside")
        void beside(Order order, Event<?> event) {
            seen = List.of(order, event);
        }

        @Incoming("event-of-anything")
        void eventOfAnything(Event<?> event) {
            seen = List.of(event);
        }

        @Incoming("message")
        @Acknowledgment(Acknowledgment.Strategy.MANUAL)
        void message(Message<Order> message) {
            seen = List.of(message);
        }

        @Incoming("message-of-envelope")
        void messageOfEnvelope(Message<Envelope<Order>> message) {
            seen = List.of(message);
        }

        @Incoming("beside-message")
        void besideMessage(Message<?> message, Order order) {
            seen = List.of(message, order);
        }

        @Incoming("message-of-anything")
        void messageOfAnything(Message<?> message) {
            seen = List.of(message);
        }

        @Incoming("record")
        void record(ConsumerRecord<byte[], byte[]> record) {
            seen = List.of(record);
        }
    }
}
