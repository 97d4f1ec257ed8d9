package io.eventlane.memory;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in a topic in memory: what {@link io.eventlane.Event#unwrap} gives there.
 *
 * @param offset 0 for the first event of the topic
 * @param timestamp when it was published
 * @param key {@code null} where it has none. The array is shared, as the others here are: never change it
 * @param payload {@code null} for a tombstone
 * @param headers in the order in which they were published; a value may be {@code null}
 */
public record MemoryRecord(
        String topic,
        long offset,
        Instant timestamp,
        byte @Nullable [] key,
        byte @Nullable [] payload,
        List<Map.Entry<String, byte[]>> headers) {
}
