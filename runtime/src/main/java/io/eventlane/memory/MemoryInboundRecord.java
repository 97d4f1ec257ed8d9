package io.eventlane.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;

/** An event of a topic as one channel sees it, and what its attempts leave for each other. */
final class MemoryInboundRecord implements InboundRecord {

    private final String topic;
    private final Stored event;
    private @Nullable Object kept;

    MemoryInboundRecord(String topic, Stored event) {
        this.topic = topic;
        this.event = event;
    }

    /** The bytes of key and payload. */
    int size() {
        byte[] key = event.key;
        byte[] payload = event.payload;
        return (key == null ? 0 : key.length) + (payload == null ? 0 : payload.length);
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public Position position() {
        return new Position(topic, 0, event.offset);
    }

    @Override
    public Instant timestamp() {
        return event.timestamp;
    }

    @Override
    public byte @Nullable [] key() {
        return event.key;
    }

    @Override
    public byte @Nullable [] payload() {
        return event.payload;
    }

    @Override
    public byte @Nullable [] header(String name) {
        List<Map.Entry<String, byte[]>> headers = event.headers;
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).getKey().equals(name)) {
                return headers.get(i).getValue();
            }
        }
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, byte @Nullable []> action) {
        event.headers.forEach(header -> action.accept(header.getKey(), header.getValue()));
    }

    @Override
    public MemoryRecord unwrap() {
        return new MemoryRecord(topic, event.offset, event.timestamp, event.key, event.payload, event.headers);
    }

    @Override
    public @Nullable Object kept() {
        return kept;
    }

    @Override
    public void keep(@Nullable Object state) {
        kept = state;
    }

    @Override
    public String toString() {
        return position().toString();
    }
}
