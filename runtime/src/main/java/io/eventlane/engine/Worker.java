package io.eventlane.engine;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What a worker's thread does: takes a ready lane, runs its records, takes the next. One object serves all threads of
 * a dispatcher.
 */
final class Worker<R> implements Runnable {

    /** How many records a lane may run while others are ready. */
    private static final int BURST = 16;
    /** How long a worker runs before it cares for other virtual threads. */
    private static final long CARRIER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Workers<R> workers;
    private final RecordHandler<R> handler;
    private final RetryPolicy retry;
    private final ScheduledExecutorService timer;
    private final InFlightLimit limit;
    private final DispatcherListener<R> listener;

    Worker(Workers<R> workers, RecordHandler<R> handler, RetryPolicy retry, ScheduledExecutorService timer,
            InFlightLimit limit, DispatcherListener<R> listener) {
        this.workers = workers;
        this.handler = handler;
        this.retry = retry;
        this.timer = timer;
        this.limit = limit;
        this.listener = listener;
    }

    @Override
    public void run() {
        workers.mounted();
        try {
            drain();
        } finally {
            workers.left();
        }
    }

    private void drain() {
        long since = System.nanoTime();
        for (Lane<R> lane = workers.take(); lane != null; lane = workers.take()) {
            workers.startIfNeeded();
            int done = 0;
            while (runNext(lane)) {
                if (++done >= BURST && !workers.isEmpty()) {
                    workers.ready(lane);
                    break;
                }
                since = pauseIfDue(since);
            }
            since = pauseIfDue(since);
        }
    }

    private long pauseIfDue(long since) {
        long now = System.nanoTime();
        return now - since >= CARRIER_NANOS && workers.pause(now) ? System.nanoTime() : since;
    }

    /** Runs the next record of the lane; returns whether the lane has more and is still the caller's. */
    private boolean runNext(Lane<R> lane) {
        Entry<R> entry = lane.startNext();
        if (entry == null) {
            return false;
        }
        Throwable failure = handle(entry);
        if (failure != null) {
            retryLater(lane, entry, failure);
            return false;
        }
        entry.finish();
        entry.tracker.settled(entry);
        return lane.advance(entry) != null;
    }

    private @Nullable Throwable handle(Entry<R> entry) {
        try {
            handler.handle(entry.record(), entry);
            return null;
        } catch (Throwable failure) {
            return failure;
        }
    }

    private void retryLater(Lane<R> lane, Entry<R> entry, Throwable failure) {
        Duration delay = retry.delayAfter(entry.attempt());
        listener.onFailure(entry.record(), entry.attempt(), failure, delay);
        Retry<R> next = new Retry<>(entry, workers);
        // Announced first: what the source appends from now on does not count either. Nobody can end it while we run.
        lane.waitFor(next);
        lane.uncountAll(limit);
        entry.fail();
        // The lane is no longer ours. An assignment that is being taken back may have missed this wait: then nobody
        // else ends it.
        if (entry.tracker.isStopping() || !next.schedule(timer, delay)) {
            entry.tracker.drop(entry);
        }
    }
}
