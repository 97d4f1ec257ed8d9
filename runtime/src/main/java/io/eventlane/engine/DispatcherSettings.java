package io.eventlane.engine;

/**
 * The limits of one dispatcher.
 *
 * @param name names the dispatcher in messages: the channel
 * @param ordering which records wait for each other
 * @param maxConcurrency how many handlers run at the same time, at least 1
 * @param maxQueued how many records are held, running or queued, before the source is asked to pause, at least 1.
 *        Records of a key that waits, for a retry or for its acknowledgement, are not counted
 * @param maxQueuedBytes how many bytes are held before the source is asked to pause, at least 1. All held records
 *        count
 */
public record DispatcherSettings(String name, Ordering ordering, int maxConcurrency, int maxQueued, long maxQueuedBytes) {

    public DispatcherSettings {
        requirePositive("maxConcurrency", maxConcurrency);
        requirePositive("maxQueued", maxQueued);
        requirePositive("maxQueuedBytes", maxQueuedBytes);
        if (maxQueued > InFlightLimit.MAX_RECORDS) {
            throw new IllegalArgumentException(
                    "maxQueued must be <= %d, but is %d".formatted(InFlightLimit.MAX_RECORDS, maxQueued));
        }
    }

    private static void requirePositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be >= 1, but is %d".formatted(what, value));
        }
    }
}
