package io.eventlane.deployment.handler;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.reactive.messaging.Message;

import io.eventlane.Event;
import io.eventlane.Position;

/** An event as a source would hand it to an invoker, and a message for those that take one. */
public record TestEvent<T>(T payload, String key, Map<String, String> values, Object record) implements Event<T>, Message<T> {

    public static <T> TestEvent<T> of(T payload) {
        return new TestEvent<>(payload, null, Map.of(), null);
    }

    @Override
    public T getPayload() {
        return payload;
    }

    @Override
    public String id() {
        return header("X-Event-ID");
    }

    @Override
    public String type() {
        return header("X-Event-Type");
    }

    @Override
    public String aggregateId() {
        return key;
    }

    @Override
    public String tenantId() {
        return null;
    }

    @Override
    public String channel() {
        return "orders";
    }

    @Override
    public String topic() {
        return "orders";
    }

    @Override
    public Position position() {
        return new Position("orders", 0, 7);
    }

    @Override
    public Instant timestamp() {
        return Instant.EPOCH;
    }

    @Override
    public String header(String name) {
        return values.get(name);
    }

    @Override
    public Map<String, List<String>> headers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public boolean isRevoked() {
        return false;
    }

    @Override
    public <R> R unwrap(Class<R> type) {
        return type.cast(record);
    }
}
