package io.eventlane.jetstream;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing channel on JetStream, or a topic that failed events are sent to.
 *
 * @param channel its name
 * @param topic the topic it writes to, which is the subject of its events
 * @param prefix of its properties, such as {@code quarkus.eventlane.outgoing.orders.}; {@code null} for a topic that failed
 *        events are sent to, which has none
 * @param partitioned whether the subject of an event with a key is {@code topic.<key>}, the key as a {@link KeyToken},
 *        and that of an event without one {@link Partitions#anyToken()}
 * @param compression of payloads
 * @param maxInflight how many events may be on their way at the same time, at least 1
 * @param ordered whether an event is given up rather than stored behind a later one of its key
 * @param ackTimeout how long an acknowledgement may take before the event is sent again
 * @param deliveryTimeout how long an event is sent again, from when it was accepted; no shorter than {@code ackTimeout}
 */
public record JetStreamOutgoing(
        String channel,
        String topic,
        @Nullable String prefix,
        boolean partitioned,
        Compression compression,
        int maxInflight,
        boolean ordered,
        Duration ackTimeout,
        Duration deliveryTimeout) {

    /** How payloads are compressed. */
    public enum Compression {
        /** Not at all. */
        NONE,
        /** With LZ4, where that makes them smaller. */
        LZ4
    }
}
