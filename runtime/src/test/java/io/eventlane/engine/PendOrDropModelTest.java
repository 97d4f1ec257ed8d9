package io.eventlane.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Two keys whose records wait for stages, fail and are tried again, against a source that submits, ends waits, revokes
 * and abandons. Whatever the interleaving: a key's records run one at a time and in order, a record whose stage
 * completes well is done unless it was abandoned, and when nothing is left to do, which once it was abandoned needs no
 * stage, everything is settled, counted down and idle.
 */
public class PendOrDropModelTest {

    private final InFlightLimit limit = new InFlightLimit(100, 100, () -> {
    });
    private final CompletionTracker<Integer> tracker = new CompletionTracker<>("orders-0", 0, 100, limit, () -> {
    });
    private final Workers<Integer> workers = new Workers<>(1, task -> {
    }, crew -> () -> {
    }, refusal -> {
    }, Lease.unlimited());
    private final TimerByHand timer = new TimerByHand();
    private final Outcomes<Integer> outcomes = new Outcomes<>((record, attempt, failure) -> new Verdict.Retry(Gates.PATIENCE),
            new FailOnTrouble<>(), timer, limit, workers);
    private final List<Lane<Integer>> lanes = List.of(new Lane<>(0, null, 0), new Lane<>(0, null, 0));
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();

    // Owned by the source

    private final List<Entry<Integer>> submitted = new ArrayList<>();
    private boolean stopped;
    private volatile boolean abandoned;

    @Operation(nonParallelGroup = "source")
    public void submit() {
        if (stopped) {
            return;
        }
        int record = submitted.size();
        Lane<Integer> lane = lanes.get(record % 2);
        Entry<Integer> entry = new Entry<>(tracker, lane, record, 1, record);
        submitted.add(entry);
        limit.add(1, 1);
        tracker.register(entry);
        if (lane.append(entry)) {
            workers.ready(lane);
        } else if (lane.waiting() != null && entry.uncount()) {
            limit.remove(1, 0);
        }
    }

    @Operation(nonParallelGroup = "source")
    public void endWaits() {
        tracker.forEachStuck(Long.MIN_VALUE, tracker::runNow);
    }

    @Operation(nonParallelGroup = "source")
    public void revoke() {
        stopped = true;
        tracker.revoke();
    }

    @Operation(nonParallelGroup = "source")
    public void abandon() {
        stopped = true;
        abandoned = true;
        tracker.abandon();
    }

    /** A worker: the handler of a first attempt waits for a stage, that of a second one throws, others return. */
    @Operation
    public void run() {
        Lane<Integer> lane = workers.take();
        Entry<Integer> entry = lane == null ? null : lane.startNext(0);
        if (entry == null) {
            return;
        }
        for (int i = entry.record() - 2; i >= 0; i -= 2) {
            require(submitted.get(i).isDone(), "started too early", entry.record());
        }
        if (entry.attempt() == 1) {
            Pending stage = new Pending(entry);
            outcomes.await(entry, stage);
        } else if (entry.attempt() == 2) {
            outcomes.failed(entry, new IllegalStateException("second attempt"));
        } else {
            outcomes.finish(entry);
            if (lane.advance(entry) != null) {
                workers.ready(lane);
            }
        }
    }

    @Operation
    public void complete() {
        Pending stage = pending.poll();
        if (stage != null) {
            stage.end(null);
            require(stage.entry.isDone() || abandoned, "dropped though it was acknowledged", stage.entry.offset);
        }
    }

    @Operation
    public void fail() {
        Pending stage = pending.poll();
        if (stage != null) {
            stage.end(new IllegalStateException("stage"));
        }
    }

    @Operation
    public void endDelay() {
        timer.endOne();
    }

    @Validate
    public void everythingIsSettledOnceNothingIsLeftToDo() {
        while (!workers.isEmpty() || !pending.isEmpty() && !abandoned || timer.waiting() > 0) {
            run();
            if (!abandoned) {
                fail();
            }
            endDelay();
        }
        require(tracker.isDrained(), "not drained", submitted.size());
        require(limit.isEmpty(), "still counted", limit.records());
        for (Lane<Integer> lane : lanes) {
            require(lane.isIdle() && lane.waiting() == null, "lane not idle", lanes.indexOf(lane));
        }
    }

    @Test
    void everyInterleavingKeepsOrderAndSettlesEveryRecord() {
        new ModelCheckingOptions().iterations(20).invocationsPerIteration(300)
                .threads(2).actorsPerThread(4).actorsBefore(4).actorsAfter(0)
                .check(PendOrDropModelTest.class);
    }

    private static void require(boolean condition, String what, Object which) {
        if (!condition) {
            throw new IllegalStateException(what + ": " + which);
        }
    }

    /** A stage that calls its listener when the test says so. */
    private final class Pending extends CompletableFuture<Void> {

        private final Entry<Integer> entry;
        private BiConsumer<? super Void, ? super Throwable> listener = (ignored, failure) -> {
        };

        Pending(Entry<Integer> entry) {
            this.entry = entry;
        }

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            listener = action;
            pending.add(this);
            return this;
        }

        void end(Throwable failure) {
            listener.accept(null, failure);
        }
    }
}
