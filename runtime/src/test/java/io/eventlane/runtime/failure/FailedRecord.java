package io.eventlane.runtime.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;

/** A record made by a test, with any header. */
final class FailedRecord implements InboundRecord {

    private final String topic;
    private final long offset;
    private final @Nullable String key;
    private final List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
    private @Nullable Object kept;

    FailedRecord(String topic, long offset, @Nullable String key) {
        this.topic = topic;
        this.offset = offset;
        this.key = key;
    }

    FailedRecord with(String header, @Nullable String value) {
        headers.add(new SimpleImmutableEntry<>(header, value == null ? null : value.getBytes(UTF_8)));
        return this;
    }

    FailedRecord with(List<Map.Entry<String, byte[]>> more) {
        headers.addAll(more);
        return this;
    }

    List<Map.Entry<String, byte[]>> headers() {
        return headers;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public Position position() {
        return new Position(topic, 3, offset);
    }

    @Override
    public Instant timestamp() {
        return Instant.now();
    }

    @Override
    public byte @Nullable [] key() {
        return key == null ? null : key.getBytes(UTF_8);
    }

    @Override
    public byte @Nullable [] payload() {
        return "payload".getBytes(UTF_8);
    }

    @Override
    public byte @Nullable [] header(String name) {
        return headers.reversed().stream().filter(header -> header.getKey().equals(name)).findFirst().map(Map.Entry::getValue)
                .orElse(null);
    }

    @Override
    public void forEachHeader(BiConsumer<String, byte @Nullable []> action) {
        headers.forEach(header -> action.accept(header.getKey(), header.getValue()));
    }

    @Override
    public Object unwrap() {
        return this;
    }

    @Override
    public @Nullable Object kept() {
        return kept;
    }

    @Override
    public void keep(@Nullable Object state) {
        kept = state;
    }
}
