package io.eventlane.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * A lane with one source and one worker at a time is a queue: every interleaving of {@code append} with the step to
 * the next record or the end is explored, and no record may be lost, doubled or overtaken.
 */
public class LaneHandOffModelTest {

    private final CompletionTracker<Integer> tracker = new CompletionTracker<>("orders-0", 0, 100,
            new InFlightLimit(100, 100, () -> {
            }), () -> {
            });
    private final Lane<Integer> lane = new Lane<>(0, null, 0);
    private final AtomicReference<Lane<Integer>> ready = new AtomicReference<>();
    private int submitted;

    @Operation(nonParallelGroup = "source")
    public void submit() {
        int record = ++submitted;
        if (lane.append(new Entry<>(tracker, lane, record, 0, record))) {
            makeReady();
        }
    }

    @Operation(nonParallelGroup = "worker")
    public Integer run() {
        Lane<Integer> taken = ready.getAndSet(null);
        if (taken == null) {
            return 0;
        }
        Entry<Integer> entry = taken.startNext(0);
        int record = entry.record();
        entry.finish();
        if (taken.advance(entry) != null) {
            makeReady();
        }
        return record;
    }

    private void makeReady() {
        if (!ready.compareAndSet(null, lane)) {
            throw new IllegalStateException("two holders");
        }
    }

    @Test
    void everyInterleavingIsThatOfAQueue() {
        new ModelCheckingOptions().iterations(15).invocationsPerIteration(600)
                .threads(2).actorsPerThread(4).actorsBefore(1).actorsAfter(3)
                .sequentialSpecification(Fifo.class)
                .check(LaneHandOffModelTest.class);
    }

    public static class Fifo {

        private final Queue<Integer> records = new ArrayDeque<>();
        private int submitted;

        public void submit() {
            records.add(++submitted);
        }

        public Integer run() {
            Integer record = records.poll();
            return record == null ? 0 : record;
        }
    }
}
