package io.eventlane.runtime.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.spi.InboundHandler.Delivery;
import io.eventlane.spi.InboundRecord;

/** A record made by a test. */
final class FakeRecord implements InboundRecord {

    private final long offset;
    private final @Nullable String key;
    private final @Nullable String payload;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private @Nullable Object kept;

    FakeRecord(long offset, @Nullable String key, @Nullable String payload) {
        this.offset = offset;
        this.key = key;
        this.payload = payload;
    }

    FakeRecord with(String header, String value) {
        headers.add(Map.entry(header, value));
        return this;
    }

    static Delivery attempt(int attempt) {
        return new Delivery() {

            @Override
            public int attempt() {
                return attempt;
            }

            @Override
            public boolean isRevoked() {
                return false;
            }

            @Override
            public void doneWhen(CompletionStage<?> stage) {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Override
    public String topic() {
        return "orders-topic";
    }

    @Override
    public Position position() {
        return new Position("orders-topic", 3, offset);
    }

    @Override
    public Instant timestamp() {
        return Instant.ofEpochSecond(17);
    }

    @Override
    public byte @Nullable [] key() {
        return key == null ? null : key.getBytes(UTF_8);
    }

    @Override
    public byte @Nullable [] payload() {
        return payload == null ? null : payload.getBytes(UTF_8);
    }

    @Override
    public byte @Nullable [] header(String name) {
        byte[] last = null;
        for (Map.Entry<String, String> header : headers) {
            if (header.getKey().equals(name)) {
                last = header.getValue().getBytes(UTF_8);
            }
        }
        return last;
    }

    @Override
    public void forEachHeader(BiConsumer<String, byte[]> action) {
        headers.forEach(header -> action.accept(header.getKey(), header.getValue().getBytes(UTF_8)));
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
