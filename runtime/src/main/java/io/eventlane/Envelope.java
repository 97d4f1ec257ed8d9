package io.eventlane;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An event and what describes it. On the wire it is JSON:
 *
 * <pre>
 * {"event_id": "0198…", "aggregate_id": "order-17", "event_type": "order.placed", "event_version": 1,
 *  "timestamp": "2026-01-31T12:00:00Z", "trace_id": …, "correlation_id": …, "tenant_id": …, "payload": {…}}
 * </pre>
 *
 * The three optional fields are left out when {@code null}. An instance is always valid: the constructor refuses
 * anything else, for a received envelope too.
 *
 * @param eventId not blank; generated as a UUIDv7 by {@link #of} and when {@code null} is given
 * @param aggregateId what the event is about, and its key: see {@link #requireAggregateId}; trimmed
 * @param eventType not blank
 * @param eventVersion the version of the type's schema, greater than 0
 * @param timestamp when it happened
 * @param traceId or {@code null}
 * @param correlationId or {@code null}
 * @param tenantId or {@code null}
 * @param payload the event itself
 * @param <T> the payload
 */
public record Envelope<T>(
        String eventId,
        String aggregateId,
        String eventType,
        int eventVersion,
        Instant timestamp,
        @Nullable String traceId,
        @Nullable String correlationId,
        @Nullable String tenantId,
        T payload) {

    private static final int MAX_AGGREGATE_ID = 256;

    /**
     * @throws InvalidEventException naming the field that breaks a rule
     */
    public Envelope(
            @Nullable String eventId,
            String aggregateId,
            String eventType,
            int eventVersion,
            @Nullable Instant timestamp,
            @Nullable String traceId,
            @Nullable String correlationId,
            @Nullable String tenantId,
            T payload) {
        this.eventId = eventId == null ? EventId.next() : requireText("event_id", eventId);
        this.aggregateId = requireAggregateId(aggregateId);
        this.eventType = requireText("event_type", eventType);
        if (eventVersion < 1) {
            throw new InvalidEventException("event_version must be > 0, but is " + eventVersion);
        }
        this.eventVersion = eventVersion;
        this.timestamp = timestamp == null ? Instant.now() : timestamp;
        this.traceId = traceId;
        this.correlationId = correlationId;
        this.tenantId = tenantId;
        if (payload == null) {
            throw new InvalidEventException("payload must not be null in an envelope");
        }
        this.payload = payload;
    }

    /** A new event that happens now, with a fresh id. */
    public static <T> Envelope<T> of(String aggregateId, String eventType, int eventVersion, T payload) {
        return new Envelope<>(null, aggregateId, eventType, eventVersion, null, null, null, null, payload);
    }

    public Envelope<T> withEventId(String id) {
        Objects.requireNonNull(id, "id");
        return new Envelope<>(id, aggregateId, eventType, eventVersion, timestamp, traceId, correlationId, tenantId, payload);
    }

    public Envelope<T> withTraceId(@Nullable String id) {
        return new Envelope<>(eventId, aggregateId, eventType, eventVersion, timestamp, id, correlationId, tenantId, payload);
    }

    public Envelope<T> withCorrelationId(@Nullable String id) {
        return new Envelope<>(eventId, aggregateId, eventType, eventVersion, timestamp, traceId, id, tenantId, payload);
    }

    public Envelope<T> withTenantId(@Nullable String id) {
        return new Envelope<>(eventId, aggregateId, eventType, eventVersion, timestamp, traceId, correlationId, id, payload);
    }

    /**
     * Checks an aggregate id: trimmed, it has 1 to 256 characters of {@code [A-Za-z0-9:_./-]}.
     *
     * @return the trimmed id
     * @throws InvalidEventException saying what is wrong with it
     */
    public static String requireAggregateId(@Nullable String id) {
        if (id == null) {
            throw new InvalidEventException("aggregate_id must not be null");
        }
        String trimmed = id.trim();
        if (trimmed.isEmpty() || trimmed.length() > MAX_AGGREGATE_ID) {
            throw new InvalidEventException(
                    "aggregate_id must have 1 to " + MAX_AGGREGATE_ID + " bytes, but has " + trimmed.length());
        }
        for (int i = 0; i < trimmed.length(); i++) {
            if (!isAllowed(trimmed.charAt(i))) {
                throw new InvalidEventException("aggregate_id may hold only A-Z a-z 0-9 : _ . / - but has '%s' at index %d"
                        .formatted(trimmed.charAt(i), i));
            }
        }
        return trimmed;
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= ':' || c == '_';
    }

    private static String requireText(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidEventException(field + " must not be blank");
        }
        return value;
    }
}
