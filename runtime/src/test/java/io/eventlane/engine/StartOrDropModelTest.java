package io.eventlane.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * One source that submits to two keys, revokes and abandons, against two workers that start, finish or fail records.
 * Whatever the interleaving: a key's records run one at a time and in order, nothing runs that was dropped, the
 * frontier passes only what is done, and when nothing is left to do everything is settled and counted down.
 */
public class StartOrDropModelTest {

    private final InFlightLimit limit = new InFlightLimit(100, 100, () -> {
    });
    private final CompletionTracker<Integer> tracker = new CompletionTracker<>("orders-0", 0, 100, limit, () -> {
    });
    private final List<Entry<Integer>> submitted = new ArrayList<>();
    private final List<Lane<Integer>> lanes = List.of(new Lane<>(0, null, 0), new Lane<>(0, null, 0));
    private final ConcurrentLinkedQueue<Lane<Integer>> ready = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> finished = new ConcurrentLinkedQueue<>();
    private volatile boolean revoked;

    @Operation(nonParallelGroup = "source")
    public void submit() {
        if (revoked) {
            return;
        }
        int record = submitted.size();
        Lane<Integer> lane = lanes.get(record % 2);
        Entry<Integer> entry = new Entry<>(tracker, lane, record, 1, record);
        submitted.add(entry);
        limit.add(1, 1);
        tracker.register(entry);
        if (lane.append(entry)) {
            ready.add(lane);
        }
    }

    @Operation(nonParallelGroup = "source")
    public void revoke() {
        revoked = true;
        tracker.revoke();
    }

    @Operation(nonParallelGroup = "source")
    public void abandon() {
        revoked = true;
        tracker.abandon();
    }

    @Operation(nonParallelGroup = "source")
    public void commit() {
        long frontier = tracker.frontier();
        for (int i = 0; i < frontier; i++) {
            require(submitted.get(i).isDone(), "frontier passed", i);
        }
    }

    @Operation
    public void run() {
        Lane<Integer> lane = ready.poll();
        if (lane == null) {
            return;
        }
        Entry<Integer> entry = lane.startNext(0);
        if (entry == null) {
            return;
        }
        int record = entry.record();
        for (int i = record - 2; i >= 0; i -= 2) {
            require(submitted.get(i).isSettled() && !submitted.get(i).isDropped(), "started too early", record);
        }
        finished.add(record);
        entry.finish();
        tracker.settled(entry);
        if (lane.advance(entry) != null) {
            ready.add(lane);
        }
    }

    @Validate
    public void everythingIsSettledOnceAllLanesAreDrained() {
        while (!ready.isEmpty()) {
            run();
        }
        require(tracker.isDrained(), "not drained", submitted.size());
        require(limit.isEmpty(), "still counted", limit.records());
        require(finished.size() == submitted.stream().filter(Entry::isDone).count(), "run twice", finished.size());
        for (Lane<Integer> lane : lanes) {
            require(lane.isIdle(), "lane not idle", lanes.indexOf(lane));
        }
    }

    @Test
    void everyInterleavingKeepsOrderAndSettlesEveryRecord() {
        new ModelCheckingOptions().iterations(25).invocationsPerIteration(600)
                .threads(3).actorsPerThread(3).actorsBefore(3).actorsAfter(0)
                .check(StartOrDropModelTest.class);
    }

    private static void require(boolean condition, String what, Object which) {
        if (!condition) {
            throw new IllegalStateException(what + ": " + which);
        }
    }
}
