package io.eventlane.benchmarks.jetstream.peer;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.reactive.messaging.nats.jetstream.client.mapper.Serializer;

/** Leaves payloads as they are, as all arms do: the default would read them as JSON. */
@ApplicationScoped
public class RawBytes implements Serializer {

    @Override
    public <T> T readValue(byte[] data, Class<T> type) {
        return type.cast(data);
    }

    @Override
    public <T> byte[] toBytes(T payload) {
        return (byte[]) payload;
    }
}
