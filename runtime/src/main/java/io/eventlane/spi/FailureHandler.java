package io.eventlane.spi;

/**
 * Decides what becomes of events that failed for good, event by event, in place of one of the built-in strategies.
 * <p>
 * A CDI bean of this type with the qualifier {@code @io.smallrye.common.annotation.Identifier("name")} is used by every
 * channel with {@code quarkus.eventlane.incoming.<channel>.failure-strategy=name}.
 */
public interface FailureHandler {

    /**
     * Called when an event has used up its attempts, or failed in a way that is not tried again. It runs on a worker of
     * the channel and may block; the key of the event waits meanwhile. What it throws parks the event.
     */
    Action onFailure(Failure failure);

    /**
     * An event that failed for good.
     *
     * @param channel the incoming channel
     * @param record the event as the broker delivered it
     * @param attempts how often it was tried
     * @param cause why it failed the last time
     */
    record Failure(String channel, InboundRecord record, int attempts, Throwable cause) {
    }

    /** What becomes of an event. */
    enum Action {
        /** It is tried again at the longest delay, and this handler is asked again when that fails; its key waits. */
        RETRY,
        /** As {@code failure-strategy=dead-letter-queue}. */
        DEAD_LETTER,
        /** As {@code failure-strategy=ignore}: it counts as handled. */
        IGNORE,
        /** As {@code failure-strategy=fail}: no more of its partition is consumed until a restart. */
        FAIL
    }
}
