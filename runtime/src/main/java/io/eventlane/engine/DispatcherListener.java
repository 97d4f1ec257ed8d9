package io.eventlane.engine;

import java.time.Duration;

/**
 * Hears of what goes wrong in a dispatcher. What it throws goes to the uncaught-exception handler of the thread that
 * called it.
 *
 * @param <R> the record
 */
public interface DispatcherListener<R> {

    /**
     * A record failed; called on the thread on which it did.
     *
     * @param attempt which attempt failed, from 1
     * @param verdict what the record and those behind it in its lane do now; never {@link Verdict.Postpone}
     */
    void onFailure(R record, int attempt, Throwable failure, Verdict verdict);

    /**
     * Workers wait for a carrier thread and none gets one: the carriers are pinned, or handlers keep them busy
     * without ever blocking. Called on the source's thread, once until one gets a carrier again.
     *
     * @param unmounted how long that has lasted so far
     */
    void onStarvation(Duration unmounted);

    /** The executor refused to start a worker; called on any thread. The dispatcher asks again by itself. */
    void onRefusedStart(Throwable refusal);
}
