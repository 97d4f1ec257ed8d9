package io.eventlane.runtime.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.eventlane.spi.InboundRecord;

/**
 * The topics in which failed events of a channel wait for another attempt, while later events of their key go on.
 *
 * @param topics one after the other; the same one may follow itself
 * @param delays how long an event waits in each topic, by its name
 */
record DelayedRetries(List<FailureTopic> topics, Map<String, Duration> delays) {

    static final DelayedRetries NONE = new DelayedRetries(List.of(), Map.of());

    /** The topic after so many; {@code null} when it was the last one. */
    @Nullable
    FailureTopic after(int retries) {
        return retries < topics.size() ? topics.get(retries) : null;
    }

    /** Whether the event comes from one of the topics. Only then do its headers say anything about retries. */
    boolean isRetry(InboundRecord record) {
        return !delays.isEmpty() && delays.containsKey(record.topic());
    }

    /**
     * @throws PostponedException when the event has not waited long enough
     */
    void requireDue(InboundRecord record) {
        Duration delay = delays.isEmpty() ? null : delays.get(record.topic());
        if (delay == null) {
            return;
        }
        Duration left = Duration.between(Instant.now(), record.timestamp().plus(delay));
        if (left.isPositive()) {
            throw new PostponedException(left, "the event at %s is not tried again yet".formatted(record.position()), null);
        }
    }

    /** What a letter about the event begins with. */
    FailedEvent event(InboundRecord record) {
        if (isRetry(record)) {
            LetterHeaders headers = LetterHeaders.of(record);
            LetterHeaders.Origin origin = headers.origin();
            if (origin != null) {
                return new FailedEvent(record, headers.own(), origin, headers.retries());
            }
        }
        return FailedEvent.of(record);
    }
}
