package io.eventlane.engine;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A record that fails for ever, whose waits the source ends before their time while delays end and workers run.
 * Whatever the interleaving: the record keeps its place, and its lane waits or is ready.
 */
public class EndOfWaitModelTest {

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
    private final Lane<Integer> lane = new Lane<>(0, null, 0);
    private final Entry<Integer> failing = new Entry<>(tracker, lane, 0, 1, 0);
    private final Entry<Integer> behind = new Entry<>(tracker, lane, 1, 1, 1);

    public EndOfWaitModelTest() {
        limit.add(2, 2);
        tracker.register(failing);
        tracker.register(behind);
        lane.append(failing);
        lane.append(behind);
        workers.ready(lane);
        run();
    }

    @Operation(nonParallelGroup = "source")
    public void endWaitAndRun() {
        tracker.forEachStuck(Long.MIN_VALUE, tracker::runNow);
        run();
    }

    @Operation(nonParallelGroup = "timer")
    public void endDelayAndRun() {
        timer.endOne();
        run();
    }

    private void run() {
        Lane<Integer> taken = workers.take();
        Entry<Integer> entry = taken == null ? null : taken.startNext(0);
        if (entry != null) {
            outcomes.failed(entry, new IllegalStateException());
        }
    }

    @Validate
    public void theRecordKeepsItsPlaceAndItsLaneIsNotLost() {
        require(failing.isWaiting(), "lost its place");
        require(!behind.isSettled() && !behind.isStarted(), "overtaken");
        require(lane.waiting() != null != !workers.isEmpty(), "neither waits nor is ready, or both");
    }

    @Test
    void everyInterleavingKeepsTheLane() {
        new ModelCheckingOptions().iterations(1).invocationsPerIteration(2_000)
                .threads(2).actorsPerThread(1).actorsBefore(0).actorsAfter(0)
                .check(EndOfWaitModelTest.class);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
