package io.eventlane.engine;

import org.jspecify.annotations.Nullable;

/**
 * The wait of a record, and so of its lane, without a thread. It ends once: whoever takes it from the lane with
 * {@link Lane#resume} holds the lane from then on.
 */
abstract sealed class Wait<R> permits TimedWait, AwaitedStage {

    final Entry<R> entry;
    private final Workers<R> workers;

    Wait(Entry<R> entry, Workers<R> workers) {
        this.entry = entry;
        this.workers = workers;
    }

    /** Why the record waits; {@code null} where it has not failed. */
    abstract @Nullable Verdict verdict();

    /** Ends the wait before its time, because the record that waits was dropped or is to run now. */
    void endNow() {
        if (entry.lane.resume(this)) {
            handOver();
        }
    }

    /** Makes the lane ready, which the caller holds. */
    final void handOver() {
        workers.ready(entry.lane);
        workers.startIfNeeded();
    }
}
