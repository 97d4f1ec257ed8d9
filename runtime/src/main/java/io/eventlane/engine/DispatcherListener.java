package io.eventlane.engine;

import java.time.Duration;

/**
 * Hears of what goes wrong in a dispatcher.
 *
 * @param <R> the record
 */
public interface DispatcherListener<R> {

    /**
     * A handler failed; called on the worker's thread.
     *
     * @param attempt which attempt failed, from 1
     * @param retryIn how long the record and those behind it in its lane wait
     */
    void onFailure(R record, int attempt, Throwable failure, Duration retryIn);

    /**
     * A worker was started but got no carrier thread: the carriers are pinned, or handlers keep them busy without ever
     * blocking.
     * Called on the source's thread, once for each such start.
     *
     * @param unmounted how long it has been waiting so far
     */
    void onStarvation(Duration unmounted);

    /** The executor refused to start a worker; called on any thread. The dispatcher asks again by itself. */
    void onRefusedStart(Throwable refusal);
}
