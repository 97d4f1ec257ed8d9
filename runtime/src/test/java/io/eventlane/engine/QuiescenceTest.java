package io.eventlane.engine;

import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/**
 * No lane is left ready while workers are free. The engine is driven to idle many times, and the source does nothing
 * but wait after its flush: no later turn of its loop could rescue what was left lying.
 */
class QuiescenceTest {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Test
    void whenOneRecordIsSubmittedToAnIdleEngine_thenItIsDone() {
        try (TestEngine engine = new TestEngine((record, run) -> {
        }).maxConcurrency(1)) {
            CompletionTracker<String> tracker = engine.track();
            for (int i = 0; i < 50_000; i++) {
                engine.submit(tracker, i, "k", "r");
                awaitFrontier(tracker, i + 1);
            }
        }
    }

    @Test
    void whenABatchIsSubmittedWhileWorkersLeave_thenAllOfItIsDone() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("%s: -Dseed=%d%n", getClass().getSimpleName(), seed);
        Random random = new Random(seed);
        RecordHandler<String> handler = (record, run) -> {
            if (record.equals("yields")) {
                Thread.yield();
            }
        };
        for (int maxConcurrency : new int[] { 1, 2, 3, 64 }) {
            try (TestEngine engine = new TestEngine(handler).maxConcurrency(maxConcurrency)) {
                CompletionTracker<String> tracker = engine.track();
                long offset = 0;
                for (int round = 0; round < 5_000; round++) {
                    for (int n = random.nextInt(40); n >= 0; n--) {
                        byte[] key = ByteBuffer.allocate(4).putInt(random.nextInt(10)).array();
                        engine.dispatcher().submit(tracker, offset++, key, 1, random.nextInt(4) == 0 ? "yields" : "r");
                        if (random.nextInt(8) == 0) {
                            engine.dispatcher().flush();
                        }
                    }
                    engine.dispatcher().flush();
                    awaitFrontier(tracker, offset);
                }
            }
        }
    }

    @Test
    void whenLanesComeBackFromRetries_thenTheyAreRunWithoutTheSource() {
        RecordHandler<String> handler = (record, run) -> {
            if (run.attempt() == 1) {
                throw new IllegalStateException("once");
            }
        };
        try (TestEngine engine = new TestEngine(handler).maxConcurrency(1)) {
            CompletionTracker<String> tracker = engine.track();
            long offset = 0;
            for (int round = 0; round < 1_000; round++) {
                for (int key = 0; key < 5; key++) {
                    engine.submit(tracker, offset++, "k" + key, "r");
                }
                awaitFrontier(tracker, offset);
                engine.failures.clear();
            }
        }
    }

    private static void awaitFrontier(CompletionTracker<String> tracker, long expected) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (tracker.frontier() != expected) {
            if (System.nanoTime() > deadline) {
                fail("the frontier stays at %d before %d", tracker.frontier(), expected);
            }
            Thread.yield();
        }
    }
}
