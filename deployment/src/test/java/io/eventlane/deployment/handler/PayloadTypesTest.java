package io.eventlane.deployment.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.InvalidEventException;
import io.eventlane.runtime.HandlerTable;
import io.quarkus.test.QuarkusUnitTest;

class PayloadTypesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Consumer.class, Order.class);

    @Inject
    HandlerTable table;

    @Inject
    Consumer consumer;

    @Test
    void whenPayloadIsGeneric_thenItsArgumentsAreKnown() throws Throwable {
        assertReceives("list", List.of(new Order("a")), new TypeLiteral<List<Order>>() {
        });
        assertReceives("wildcard", List.of(new Order("a")), new TypeLiteral<List<Order>>() {
        });
        assertReceives("map", Map.of("a", List.of(new Order("a"))), new TypeLiteral<Map<String, List<Order>>>() {
        });
    }

    @Test
    void whenPayloadIsArray_thenComponentIsKnown() throws Throwable {
        assertReceives("bytes", new byte[] { 1 }, byte[].class);
        assertReceives("array", new Order[] { new Order("a") }, Order[].class);
        assertReceives("matrix", new int[][] { { 1 } }, int[][].class);
    }

    @Test
    void whenPayloadIsPrimitive_thenItIsDecodedToTheWrapper() throws Throwable {
        assertReceives("int", 1, Integer.class);
        assertReceives("long", 2L, Long.class);
        assertReceives("double", 3.5, Double.class);
        assertReceives("boolean", true, Boolean.class);
    }

    @Test
    void whenTombstoneMeetsPrimitive_thenFailureSaysSo() {
        assertThatThrownBy(() -> new Handlers(table).invoke("int", TestEvent.of(null)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("Consumer#onInt")
                .hasMessageContaining("no payload");
    }

    @Test
    void whenTombstoneMeetsReference_thenItIsNull() throws Throwable {
        assertReceives("text", null, String.class);
    }

    private void assertReceives(String channel, Object payload, TypeLiteral<?> type) throws Throwable {
        assertReceives(channel, payload, type.getType());
    }

    private void assertReceives(String channel, Object payload, java.lang.reflect.Type type) throws Throwable {
        assertThat(new Handlers(table).only(channel).method().payloadType()).isEqualTo(type);
        new Handlers(table).invoke(channel, TestEvent.of(payload));
        assertThat(consumer.seen).containsEntry(channel, payload);
    }

    record Order(String id) {
    }

    static class Consumer {

        final Map<String, Object> seen = new HashMap<>();

        @Incoming("list")
        void onList(List<Order> orders) {
            seen.put("list", orders);
        }

        @Incoming("wildcard")
        void onWildcard(List<? extends Order> orders) {
            seen.put("wildcard", orders);
        }

        @Incoming("map")
        void onMap(Map<String, List<Order>> orders) {
            seen.put("map", orders);
        }

        @Incoming("bytes")
        void onBytes(byte[] bytes) {
            seen.put("bytes", bytes);
        }

        @Incoming("array")
        void onArray(Order[] orders) {
            seen.put("array", orders);
        }

        @Incoming("matrix")
        void onMatrix(int[][] matrix) {
            seen.put("matrix", matrix);
        }

        @Incoming("int")
        void onInt(int value) {
            seen.put("int", value);
        }

        @Incoming("long")
        void onLong(long value) {
            seen.put("long", value);
        }

        @Incoming("double")
        void onDouble(double value) {
            seen.put("double", value);
        }

        @Incoming("boolean")
        void onBoolean(boolean value) {
            seen.put("boolean", value);
        }

        @Incoming("text")
        void onText(String text) {
            seen.put("text", text);
        }
    }
}
