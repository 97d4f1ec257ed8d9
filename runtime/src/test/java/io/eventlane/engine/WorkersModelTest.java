package io.eventlane.engine;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * Lanes are made ready by the source and by retries while workers mount, pause and leave. Whatever the interleaving:
 * when all workers that were started have run, no lane is left, and there were never more of them than allowed.
 */
public class WorkersModelTest {

    private static final int MAX = 1;

    private final ConcurrentLinkedQueue<Runnable> started = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private final Workers<Integer> workers = new Workers<>(MAX, started::add, crew -> () -> work(crew), refusal -> {
        throw new IllegalStateException(refusal);
    }, Lease.unlimited());

    @Operation
    public void makeReady() {
        workers.ready(new Lane<>(0, null, 0));
        workers.startIfNeeded();
    }

    @Operation
    public void runWorker() {
        Runnable worker = started.poll();
        if (worker != null) {
            worker.run();
        }
    }

    private void work(Workers<Integer> crew) {
        require(running.incrementAndGet() <= MAX, "too many workers run");
        crew.mounted();
        while (crew.take() != null) {
            crew.startIfNeeded();
            crew.pause(Long.MAX_VALUE);
        }
        running.decrementAndGet();
        crew.left();
    }

    @Validate
    public void noLaneIsLeft() {
        while (!started.isEmpty()) {
            runWorker();
        }
        require(workers.isEmpty(), "a lane is ready and nobody comes");
        require(workers.busy() == 0, "workers are counted that have left");
    }

    @Test
    void everyInterleavingLeavesNoLaneLying() {
        new ModelCheckingOptions().iterations(20).invocationsPerIteration(600)
                .threads(3).actorsPerThread(2).actorsBefore(1).actorsAfter(0)
                .check(WorkersModelTest.class);
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException(what);
        }
    }
}
