package io.eventlane.runtime.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventHeaders;
import io.eventlane.InvalidEventException;
import io.eventlane.Position;
import io.eventlane.spi.InboundHandler.Delivery;
import io.eventlane.spi.InboundRecord;

/** An event as its handler sees it. What is not asked for is not decoded. */
final class ReceivedEvent<T extends @Nullable Object> implements Event<T> {

    /** The usual spellings of the header, ours first. */
    private static final List<String> AGGREGATE_ID_HEADERS = List.of(EventHeaders.AGGREGATE_ID, "x-aggregate-id",
            "aggregate-id",
            "Aggregate-ID", "aggregate_id", "aggregateId");

    private final String channel;
    private final InboundRecord record;
    private final Delivery delivery;
    private final T payload;
    private final @Nullable Envelope<?> envelope;

    /**
     * @param envelope what the payload came in, or is; {@code null} for a plain record
     */
    ReceivedEvent(String channel, InboundRecord record, Delivery delivery, T payload, @Nullable Envelope<?> envelope) {
        this.channel = channel;
        this.record = record;
        this.delivery = delivery;
        this.payload = payload;
        this.envelope = envelope;
    }

    @Override
    public T payload() {
        return payload;
    }

    @Override
    public @Nullable String key() {
        byte[] key = record.key();
        return key == null ? null : new String(key, UTF_8);
    }

    @Override
    public @Nullable String id() {
        return envelope == null ? header(EventHeaders.EVENT_ID) : envelope.eventId();
    }

    @Override
    public @Nullable String type() {
        String type = header(EventHeaders.EVENT_TYPE);
        return type == null && envelope != null ? envelope.eventType() : type;
    }

    @Override
    public @Nullable String aggregateId() {
        if (envelope != null) {
            return envelope.aggregateId();
        }
        for (String name : AGGREGATE_ID_HEADERS) {
            String id = valid(header(name));
            if (id != null) {
                return id;
            }
        }
        return valid(key());
    }

    private static @Nullable String valid(@Nullable String id) {
        try {
            return id == null ? null : Envelope.requireAggregateId(id);
        } catch (InvalidEventException notOne) {
            return null;
        }
    }

    @Override
    public @Nullable String tenantId() {
        String tenant = envelope == null ? null : envelope.tenantId();
        return tenant == null ? header(EventHeaders.TENANT_ID) : tenant;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public String topic() {
        return record.topic();
    }

    @Override
    public Position position() {
        return record.position();
    }

    @Override
    public Instant timestamp() {
        return record.timestamp();
    }

    @Override
    public @Nullable String header(String name) {
        byte[] value = record.header(name);
        return value == null ? null : new String(value, UTF_8);
    }

    @Override
    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        record.forEachHeader((name, value) -> headers.computeIfAbsent(name, first -> new ArrayList<>())
                .add(value == null ? "" : new String(value, UTF_8)));
        headers.replaceAll((name, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(headers);
    }

    @Override
    public int attempt() {
        return delivery.attempt();
    }

    @Override
    public boolean isRevoked() {
        return delivery.isRevoked();
    }

    @Override
    public <R> R unwrap(Class<R> type) {
        Object own = record.unwrap();
        if (!type.isInstance(own)) {
            throw new IllegalArgumentException("the event at %s is a %s, not a %s"
                    .formatted(record.position(), own.getClass().getName(), type.getName()));
        }
        return type.cast(own);
    }

    @Override
    public String toString() {
        return "event at " + record.position() + " of channel '" + channel + "', attempt " + attempt();
    }
}
