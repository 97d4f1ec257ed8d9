package io.eventlane.benchmarks.engine;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.eventlane.engine.CompletionTracker;
import io.eventlane.engine.DispatcherListener;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.KeyedDispatcher;
import io.eventlane.engine.Ordering;
import io.eventlane.engine.RecordHandler;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.engine.ThreadPerLane;
import io.eventlane.engine.Verdict;

/** One of the ways to run records that are compared. */
interface Arm {

    int MAX_CONCURRENCY = 1024;

    CompletionTracker<Workload.Item> track();

    void submit(CompletionTracker<Workload.Item> tracker, long offset, Workload.Item item);

    void flush();

    boolean hasRoom();

    void close();

    static Arm of(Dispatch kind, RecordHandler<Workload.Item> handler, Runnable wakeSource) {
        DispatcherSettings settings = new DispatcherSettings("bench", Ordering.KEY, MAX_CONCURRENCY, 4096, 1 << 30);
        return switch (kind) {
            case KEYED_DISPATCHER -> new Keyed(settings, handler, wakeSource);
            case THREAD_PER_LANE -> new PerLane(settings, handler, wakeSource);
        };
    }

    /** The engine. */
    final class Keyed implements Arm, DispatcherListener<Workload.Item> {

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final KeyedDispatcher<Workload.Item> dispatcher;

        Keyed(DispatcherSettings settings, RecordHandler<Workload.Item> handler, Runnable wakeSource) {
            RetryPolicy retry = new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
            dispatcher = new KeyedDispatcher<>(settings, retry, handler, Thread::startVirtualThread, timer, wakeSource,
                    this);
        }

        @Override
        public CompletionTracker<Workload.Item> track() {
            return dispatcher.track("orders-0", 10_000);
        }

        @Override
        public void submit(CompletionTracker<Workload.Item> tracker, long offset, Workload.Item item) {
            dispatcher.submit(tracker, offset, item.key(), 100, item);
        }

        @Override
        public void flush() {
            dispatcher.flush();
            dispatcher.housekeep();
        }

        @Override
        public boolean hasRoom() {
            return dispatcher.hasRoom();
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }

        @Override
        public void onFailure(Workload.Item record, int attempt, Throwable failure, Verdict verdict) {
            throw new IllegalStateException("handlers of benchmarks do not fail", failure);
        }

        @Override
        public void onStarvation(Duration unmounted) {
            System.err.println("no carrier for " + unmounted);
        }

        @Override
        public void onRefusedStart(Throwable refusal) {
            throw new IllegalStateException(refusal);
        }
    }

    /** One virtual thread for each lane that has work. */
    final class PerLane implements Arm {

        private final ThreadPerLane<Workload.Item> dispatcher;

        PerLane(DispatcherSettings settings, RecordHandler<Workload.Item> handler, Runnable wakeSource) {
            dispatcher = new ThreadPerLane<>(settings, handler, wakeSource);
        }

        @Override
        public CompletionTracker<Workload.Item> track() {
            return dispatcher.track(10_000);
        }

        @Override
        public void submit(CompletionTracker<Workload.Item> tracker, long offset, Workload.Item item) {
            dispatcher.submit(tracker, offset, item.key(), 100, item);
        }

        @Override
        public void flush() {
            dispatcher.housekeep();
        }

        @Override
        public boolean hasRoom() {
            return dispatcher.hasRoom();
        }

        @Override
        public void close() {
            // Its threads have ended with its lanes.
        }
    }
}
