package io.eventlane.engine;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A source that finds no room, or a partition at its span, sleeps until it is woken, while two workers give records
 * back. Whatever the interleaving: when all records are done, it is not asleep.
 */
public class WakeUpModelTest {

    private final AtomicInteger wakes = new AtomicInteger();
    private final InFlightLimit limit = new InFlightLimit(2, 100, wakes::incrementAndGet);
    private final CompletionTracker<Integer> tracker = new CompletionTracker<>("orders-0", 0, 2, limit,
            wakes::incrementAndGet);
    private final ConcurrentLinkedQueue<Entry<Integer>> submitted = new ConcurrentLinkedQueue<>();

    // Owned by the source

    private int offset;
    private int asleepSince = -1;

    @Operation(nonParallelGroup = "source")
    public void submit() {
        Lane<Integer> lane = new Lane<>(0, null, 0);
        Entry<Integer> entry = new Entry<>(tracker, lane, offset, 1, offset);
        offset++;
        limit.add(1, 1);
        tracker.register(entry);
        lane.append(entry);
        submitted.add(entry);
    }

    @Operation(nonParallelGroup = "source")
    public void lookForRoom() {
        int before = wakes.get();
        asleepSince = limit.hasRoom() ? -1 : before;
    }

    @Operation(nonParallelGroup = "source")
    public void lookAtSpan() {
        int before = wakes.get();
        asleepSince = tracker.atSpan() ? before : -1;
    }

    @Operation
    public void complete() {
        Entry<Integer> entry = submitted.poll();
        if (entry != null && entry.start(0)) {
            entry.finish();
            tracker.settled(entry);
        }
    }

    @Validate
    public void nobodySleepsOnceAllIsDone() {
        while (!submitted.isEmpty()) {
            complete();
        }
        if (asleepSince >= 0 && wakes.get() == asleepSince) {
            throw new IllegalStateException("asleep, and nobody is left to wake it");
        }
    }

    @Test
    void everyInterleavingWakesTheSource() {
        new ModelCheckingOptions().iterations(25).invocationsPerIteration(600)
                .threads(3).actorsPerThread(2).actorsBefore(3).actorsAfter(0)
                .check(WakeUpModelTest.class);
    }
}
