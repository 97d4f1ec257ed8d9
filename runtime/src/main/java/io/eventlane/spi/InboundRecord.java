package io.eventlane.spi;

import java.time.Instant;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;

/** A record as the broker delivered it, nothing decoded yet. */
public interface InboundRecord {

    /** The topic or subject. */
    String topic();

    Position position();

    /** The broker's timestamp. */
    Instant timestamp();

    /** The bytes of the key, or {@code null}. The array is shared: never change it. */
    byte @Nullable [] key();

    /** The bytes of the payload, or {@code null} for a tombstone. The array is shared: never change it. */
    byte @Nullable [] payload();

    /** The last header of that name, compared exactly, or {@code null}. */
    byte @Nullable [] header(String name);

    /** Walks the headers in the order of the wire. */
    void forEachHeader(BiConsumer<String, byte[]> action);

    /** The broker client's own object, such as {@code ConsumerRecord}. */
    Object unwrap();
}
