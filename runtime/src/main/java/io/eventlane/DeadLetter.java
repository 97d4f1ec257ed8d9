package io.eventlane;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An event that failed for good, as it stands in a dead-letter topic.
 *
 * @param channel the incoming channel
 * @param origin where the event was published
 * @param key as UTF-8, or {@code null} where the event has none
 * @param headers the event's own, as UTF-8, in the order of the wire; one without a value is empty
 * @param reason the message of what the handler threw the last time
 * @param cause the name of its class
 * @param failedAt when that was, or {@code null} where the letter does not say it
 * @param payload the event's bytes; {@code null} for a tombstone. The array is shared: never change it
 */
public record DeadLetter(
        String channel,
        Position origin,
        @Nullable String key,
        Map<String, List<String>> headers,
        String reason,
        String cause,
        @Nullable Instant failedAt,
        byte @Nullable [] payload) {
}
