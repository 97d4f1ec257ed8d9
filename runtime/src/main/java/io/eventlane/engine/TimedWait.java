package io.eventlane.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** A failed record waits for its next attempt; one that is to have none waits for its end. */
final class TimedWait<R> extends Wait<R> implements Runnable {

    private final Verdict verdict;
    private volatile @Nullable Future<?> timer;

    TimedWait(Entry<R> entry, Workers<R> workers, Verdict verdict) {
        super(entry, workers);
        this.verdict = verdict;
    }

    @Override
    Verdict verdict() {
        return verdict;
    }

    /** Returns whether the wait was scheduled; not when the timer is shut down. */
    boolean schedule(ScheduledExecutorService executor, Duration delay) {
        try {
            Future<?> scheduled = executor.schedule(this, delay.toNanos(), TimeUnit.NANOSECONDS);
            timer = scheduled;
            if (entry.lane.waiting() != this) {
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
        super.endNow();
    }

    @Override
    void endNow() {
        Future<?> scheduled = timer;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
        run();
    }
}
