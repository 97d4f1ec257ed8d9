package io.eventlane.engine;

import java.util.concurrent.CompletionStage;
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
    private final Outcomes<R> outcomes;
    private final Lease lease;

    Worker(Workers<R> workers, RecordHandler<R> handler, Outcomes<R> outcomes, Lease lease) {
        this.workers = workers;
        this.handler = handler;
        this.outcomes = outcomes;
        this.lease = lease;
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
            boolean more = true;
            while (more) {
                long now = System.nanoTime();
                if (now - since >= CARRIER_NANOS && workers.pause(now)) {
                    now = System.nanoTime();
                    since = now;
                }
                if (!lease.isHeld(now)) {
                    workers.ready(lane);
                    return;
                }
                more = runNext(lane, now);
                if (more && ++done >= BURST && !workers.isEmpty()) {
                    workers.ready(lane);
                    more = false;
                }
            }
        }
    }

    /** Runs the next record of the lane; returns whether the lane has more and is still the caller's. */
    private boolean runNext(Lane<R> lane, long now) {
        Entry<R> entry = lane.startNext(now);
        if (entry == null) {
            return false;
        }
        Throwable failure = handle(entry);
        CompletionStage<?> stage = entry.takeStage();
        if (failure != null) {
            outcomes.failed(entry, failure);
            return false;
        }
        if (stage != null) {
            outcomes.await(entry, stage);
            return false;
        }
        outcomes.finish(entry);
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
}
