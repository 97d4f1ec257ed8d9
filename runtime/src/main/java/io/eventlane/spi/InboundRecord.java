package io.eventlane.spi;

import java.time.Instant;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventHeaders;
import io.eventlane.Position;

/**
 * A record as the broker delivered it, nothing decoded yet. One instance stands for the record over all its attempts,
 * which never overlap.
 */
public interface InboundRecord {

    /** The topic or subject. */
    String topic();

    Position position();

    /** The broker's timestamp. */
    Instant timestamp();

    /** The bytes of the key, or {@code null}. The array is shared: never change it. */
    byte @Nullable [] key();

    /**
     * The bytes that choose the lane: events with the same are handled one after the other. {@code null} for an event
     * that waits for nobody and nobody waits for. The array is shared: never change it.
     */
    default byte @Nullable [] laneKey() {
        byte[] key = key();
        return key == null ? header(EventHeaders.AGGREGATE_ID) : key;
    }

    /** The bytes of the payload, or {@code null} for a tombstone. The array is shared: never change it. */
    byte @Nullable [] payload();

    /**
     * The bytes of the payload for a dead letter: as {@link #payload()}, or as they came where the payload cannot be restored
     * from them. {@code null} for a tombstone. The array is shared: never change it.
     */
    default byte @Nullable [] letterPayload() {
        return payload();
    }

    /** The last header of that name, compared exactly, or {@code null}. */
    byte @Nullable [] header(String name);

    /** Walks the headers in the order of the wire. A header may have no value: then it is {@code null}. */
    void forEachHeader(BiConsumer<String, byte @Nullable []> action);

    /** The broker client's own object, such as {@code ConsumerRecord}. */
    Object unwrap();

    /** What an earlier attempt at this record left with {@link #keep}, or {@code null}. */
    @Nullable
    Object kept();

    /**
     * Tells, before the record is done, that it will be so because a dead letter of it was acknowledged, not because it was
     * handled.
     */
    default void deadLettered() {
    }

    /** Leaves something for the next attempt, such as results that are still to be published. */
    void keep(@Nullable Object state);
}
