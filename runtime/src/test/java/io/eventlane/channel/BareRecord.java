package io.eventlane.channel;

import java.time.Instant;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;

/** A record made by a test, without a payload and headers. */
public record BareRecord(Position position, Instant timestamp, byte @Nullable [] key) implements InboundRecord {

    @Override
    public String topic() {
        return position.source();
    }

    @Override
    public byte @Nullable [] payload() {
        return null;
    }

    @Override
    public byte @Nullable [] header(String name) {
        return null;
    }

    @Override
    public void forEachHeader(BiConsumer<String, byte @Nullable []> action) {
        // it has none
    }

    @Override
    public Object unwrap() {
        return this;
    }

    @Override
    public @Nullable Object kept() {
        return null;
    }

    @Override
    public void keep(@Nullable Object state) {
        throw new UnsupportedOperationException();
    }
}
