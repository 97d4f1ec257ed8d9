package io.eventlane.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The wait of a failed record, and so of its lane, for the next attempt. It ends once, by the timer or by
 * {@link #endNow()}.
 */
final class Retry<R> implements Runnable {

    private final Entry<R> entry;
    private final Lane<R> lane;
    private final Workers<R> workers;
    private volatile @Nullable Future<?> timer;

    Retry(Entry<R> entry, Workers<R> workers) {
        this.entry = entry;
        this.lane = entry.lane;
        this.workers = workers;
    }

    boolean isFor(Entry<R> other) {
        return entry == other;
    }

    /** Returns whether the wait was scheduled; not when the timer is shut down. */
    boolean schedule(ScheduledExecutorService executor, Duration delay) {
        try {
            Future<?> scheduled = executor.schedule(this, delay.toNanos(), TimeUnit.NANOSECONDS);
            timer = scheduled;
            if (lane.retry() != this) {
                scheduled.cancel(false);
            }
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** The delay is over. */
    @Override
    public void run() {
        if (lane.resume(this)) {
            workers.ready(lane);
            workers.startIfNeeded();
        }
    }

    /** Ends the wait before its time, because the record that waits was dropped. */
    void endNow() {
        Future<?> scheduled = timer;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        run();
    }
}
