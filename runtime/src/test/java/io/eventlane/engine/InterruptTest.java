package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt is for one record, never for the next of the same thread. */
class InterruptTest {

    @Test
    void whenAHandlerLeavesItsInterruptFlagSet_thenTheNextRecordDoesNotSeeIt() {
        List<Boolean> seen = new CopyOnWriteArrayList<>();
        ByHand byHand = new ByHand();
        RecordHandler<String> handler = (record, run) -> {
            seen.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            if (record.equals("fails")) {
                throw new IllegalStateException("no");
            }
        };
        try (TestEngine engine = new TestEngine(handler).threads(byHand).retryAfter(Duration.ofHours(1))) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "returns");
            engine.submit(tracker, 1, "b", "fails");
            engine.submit(tracker, 2, "c", "after");
            byHand.runAll();

            assertThat(seen).containsExactly(false, false, false);
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    /** A handler is let go at the very moment in which its assignment is abandoned; the next record of its thread looks. */
    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void whenAbandonMeetsTheEndOfAHandler_thenTheInterruptNeverReachesAnotherRecord(boolean waitsForAStage) {
        AtomicInteger started = new AtomicInteger(-1);
        AtomicInteger released = new AtomicInteger(-1);
        AtomicInteger hit = new AtomicInteger();
        AtomicInteger witnessed = new AtomicInteger();
        RecordHandler<String> handler = (record, run) -> {
            if (record.equals("witness")) {
                for (int i = 0; i < 50; i++) {
                    Thread.onSpinWait();
                }
                if (Thread.currentThread().isInterrupted()) {
                    hit.incrementAndGet();
                }
                witnessed.incrementAndGet();
            } else {
                int round = started.incrementAndGet();
                while (released.get() < round) {
                    Thread.onSpinWait();
                }
                if (waitsForAStage) {
                    run.doneWhen(new CompletableFuture<>());
                }
            }
        };
        try (TestEngine engine = new TestEngine(handler).maxConcurrency(1)) {
            CompletionTracker<String> lasting = engine.track();
            int rounds = 2_000;
            for (int i = 0; i < rounds; i++) {
                CompletionTracker<String> brief = engine.dispatcher().track("orders-1", 10);
                engine.dispatcher().submit(brief, i, null, 0, "victim");
                engine.dispatcher().submit(lasting, i, null, 0, "witness");
                engine.dispatcher().flush();
                while (started.get() < i) {
                    Thread.onSpinWait();
                }
                released.set(i);
                brief.abandon();
                lasting.frontier();
            }
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> witnessed.get() == rounds);
            assertThat(hit).hasValue(0);
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> lasting.frontier() == rounds);
        }
    }
}
