package io.eventlane;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One event as its handler sees it.
 * <p>
 * It belongs to the invocation: it is immutable apart from {@link #isRevoked()}, and may be read from any thread.
 *
 * @param <T> the payload
 */
public interface Event<T extends @Nullable Object> {

    /** The decoded payload; {@code null} for a tombstone. */
    T payload();

    /** The key, decoded as UTF-8, or {@code null} where the event has none. */
    @Nullable
    String key();

    /** The envelope's event id or the header {@link EventHeaders#EVENT_ID}, or {@code null}. */
    @Nullable
    String id();

    /** The header {@link EventHeaders#EVENT_TYPE}, else the envelope's type, or {@code null}. */
    @Nullable
    String type();

    /** The envelope's aggregate id, else the header {@link EventHeaders#AGGREGATE_ID}, else a valid key, or {@code null}. */
    @Nullable
    String aggregateId();

    /** The envelope's tenant or the header {@link EventHeaders#TENANT_ID}, or {@code null}. */
    @Nullable
    String tenantId();

    /** The incoming channel. */
    String channel();

    /** The topic (Kafka) or subject (NATS) that the event came from. */
    String topic();

    /** Where in the topic the event stands. */
    Position position();

    /** The broker's timestamp. */
    Instant timestamp();

    /** The last value of a header, decoded as UTF-8, or {@code null}. */
    @Nullable
    String header(String name);

    /** All headers in the order of the wire; the values are decoded as UTF-8, and one that is missing is empty. */
    Map<String, List<String>> headers();

    /** 1 for the first run of the handler in this process, 2 for the first retry, and so on. */
    int attempt();

    /**
     * Whether this process no longer owns the event: its partition went to another member while the handler ran, so
     * the event runs again there. A long handler may ask and stop early. May change from {@code false} to
     * {@code true} at any time.
     */
    boolean isRevoked();

    /**
     * The broker's own record, such as {@code ConsumerRecord<byte[], byte[]>}.
     *
     * @throws IllegalArgumentException when the record is not of that type
     */
    <R> R unwrap(Class<R> type);
}
