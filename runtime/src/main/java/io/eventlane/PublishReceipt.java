package io.eventlane;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What became of one published event.
 *
 * @param eventId the id under which the event travels, the same on every retry
 * @param channel the outgoing channel
 * @param topic the topic or subject it was sent to
 * @param status how it ended
 * @param error why it failed; {@code null} when {@link Status#OK}
 * @param timestamp when the outcome was known
 * @param aggregateId the envelope's aggregate id, or {@code null}
 * @param eventType the envelope's event type, or {@code null}
 * @param tenantId the envelope's tenant, or {@code null}
 * @param position where the broker put it; {@code null} unless {@link Status#OK}
 */
public record PublishReceipt(
        String eventId,
        String channel,
        String topic,
        Status status,
        @Nullable Throwable error,
        Instant timestamp,
        @Nullable String aggregateId,
        @Nullable String eventType,
        @Nullable String tenantId,
        @Nullable Position position) {

    /** How a publication ended. */
    public enum Status {
        /** The broker has acknowledged the event. */
        OK,
        /** The event is not on the broker. */
        FAILED,
        /** The connection went away between sending and acknowledgement: the event may or may not be on the broker. */
        UNKNOWN
    }
}
