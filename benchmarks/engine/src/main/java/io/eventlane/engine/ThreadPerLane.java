package io.eventlane.engine;

import java.util.concurrent.Semaphore;

/**
 * What {@link KeyedDispatcher} is compared with: the same lanes, chains and trackers, but every lane that has work
 * gets a virtual thread of its own, and a semaphore bounds how many of them run. It stands in the engine's package to
 * use the same parts. It does not retry.
 *
 * @param <R> the record
 */
public final class ThreadPerLane<R> {

    private final RecordHandler<R> handler;
    private final Runnable wakeSource;
    private final InFlightLimit limit;
    private final Semaphore permits;
    private final LaneTable<R> lanes = new LaneTable<>();

    public ThreadPerLane(DispatcherSettings settings, RecordHandler<R> handler, Runnable wakeSource) {
        this.handler = handler;
        this.wakeSource = wakeSource;
        this.limit = new InFlightLimit(settings.maxQueued(), settings.maxQueuedBytes(), wakeSource);
        this.permits = new Semaphore(settings.maxConcurrency());
    }

    public CompletionTracker<R> track(int maxSpan) {
        return new CompletionTracker<>("orders-0", 0, maxSpan, limit, wakeSource);
    }

    public void submit(CompletionTracker<R> tracker, long offset, byte[] key, int bytes, R record) {
        Lane<R> lane = lanes.lane(0, key);
        Entry<R> entry = new Entry<>(tracker, lane, offset, bytes, record);
        limit.add(1, bytes);
        tracker.register(entry);
        if (lane.append(entry)) {
            Thread.startVirtualThread(() -> run(lane));
        }
    }

    public boolean hasRoom() {
        return limit.hasRoom();
    }

    public void housekeep() {
        if (limit.isEmpty()) {
            lanes.sweep();
        }
    }

    private void run(Lane<R> lane) {
        permits.acquireUninterruptibly();
        try {
            for (Entry<R> entry = lane.startNext(0); entry != null; entry = lane.startNext(0)) {
                handle(entry);
                entry.finish();
                entry.tracker.settled(entry);
                if (lane.advance(entry) == null) {
                    return;
                }
            }
        } finally {
            permits.release();
        }
    }

    private void handle(Entry<R> entry) {
        try {
            handler.handle(entry.record(), entry);
        } catch (Throwable failure) {
            throw new IllegalStateException("handlers of benchmarks do not fail", failure);
        }
    }
}
