package io.eventlane.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.eventlane.spi.OutboundRecord;

/** An event in a topic, and the one after it. */
final class Stored {

    final Instant timestamp = Instant.now();
    final byte @Nullable [] key;
    final byte @Nullable [] payload;
    final List<Map.Entry<String, byte[]>> headers;

    /** Written before the event can be found by others. */
    long offset;
    /** Written once. */
    volatile @Nullable Stored next;

    /** Stands before the first event. */
    Stored() {
        this(null, null, List.of());
        offset = -1;
    }

    Stored(OutboundRecord record) {
        this(record.key(), record.payload(), record.headers());
    }

    private Stored(byte @Nullable [] key, byte @Nullable [] payload, List<Map.Entry<String, byte[]>> headers) {
        this.key = key;
        this.payload = payload;
        this.headers = headers;
    }
}
