package io.eventlane.memory;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing channel in memory, or a topic that failed events are sent to.
 *
 * @param channel its name
 * @param topic the topic it writes to
 * @param maxInflight how many events of the topic may wait for the slowest of its readers, at least 1
 * @param maxInflightProperty the property that sets it; {@code null} where none does
 */
public record MemoryOutgoing(String channel, String topic, int maxInflight, @Nullable String maxInflightProperty) {
}
