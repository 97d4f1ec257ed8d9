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
 * Two keys whose first records have failed: those of one fail again and then are done, those of the other wait for a
 * stage. The source ends waits, submits, revokes and abandons meanwhile. Whatever the interleaving: a key's records run
 * one at a time and in order, a record whose stage completes is done unless it was abandoned, and when nothing is left
 * to do, which once it was abandoned needs no stage, everything is settled, counted down and idle.
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

    private volatile boolean abandoned;

    // Owned by the source

    private final List<Entry<Integer>> submitted = new ArrayList<>();
    private boolean stopped;

    public PendOrDropModelTest() {
        for (int i = 0; i < 4; i++) {
            submit();
        }
        run();
        run();
    }

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
    public void endWaitsAndRun() {
        tracker.forEachStuck(Long.MIN_VALUE, tracker::runNow);
        run();
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

    @Operation
    public void endDelayAndRun() {
        timer.endOne();
        run();
    }

    @Operation
    public void complete() {
        Pending stage = pending.poll();
        if (stage != null) {
            stage.listener.accept(null, null);
            require(stage.entry.isDone() || abandoned, "dropped though it was acknowledged", stage.entry.offset);
        }
    }

    private void run() {
        Lane<Integer> lane = workers.take();
        Entry<Integer> entry = lane == null ? null : lane.startNext(0);
        if (entry == null) {
            return;
        }
        for (int i = entry.record() - 2; i >= 0; i -= 2) {
            require(submitted.get(i).isDone(), "started too early", entry.record());
        }
        boolean waits = lane == lanes.get(1);
        if (entry.attempt() == 1 || entry.attempt() == 2 && !waits) {
            outcomes.failed(entry, new IllegalStateException("attempt " + entry.attempt()));
        } else if (waits) {
            outcomes.await(entry, new Pending(entry));
        } else {
            outcomes.finish(entry);
            if (lane.advance(entry) != null) {
                workers.ready(lane);
            }
        }
    }

    @Validate
    public void everythingIsSettledOnceNothingIsLeftToDo() {
        while (!workers.isEmpty() || !pending.isEmpty() && !abandoned || timer.waiting() > 0) {
            endDelayAndRun();
            if (!abandoned) {
                complete();
            }
        }
        require(tracker.isDrained(), "not drained", submitted.size());
        require(limit.isEmpty(), "still counted", limit.records());
        for (Lane<Integer> lane : lanes) {
            require(lane.isIdle() && lane.waiting() == null, "lane not idle", lanes.indexOf(lane));
        }
    }

    @Test
    void everyInterleavingKeepsOrderAndSettlesEveryRecord() {
        new ModelCheckingOptions().iterations(15).invocationsPerIteration(300)
                .threads(2).actorsPerThread(3).actorsBefore(0).actorsAfter(0)
                .check(PendOrDropModelTest.class);
    }

    private static void require(boolean condition, String what, Object which) {
        if (!condition) {
            throw new IllegalStateException(what + ": " + which);
        }
    }

    /** A stage that is completed by calling its listener. */
    private final class Pending extends CompletableFuture<Void> {

        private final Entry<Integer> entry;
        private BiConsumer<? super Void, ? super Throwable> listener;

        Pending(Entry<Integer> entry) {
            this.entry = entry;
        }

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            listener = action;
            pending.add(this);
            return this;
        }
    }
}
