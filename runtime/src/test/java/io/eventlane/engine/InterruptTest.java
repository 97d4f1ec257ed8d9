package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

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

    /** Many short records, each in an assignment of its own that is abandoned just then; witnesses of another one between. */
    @Test
    void whenAbandonMeetsTheEndOfAHandler_thenTheInterruptNeverReachesAnotherRecord() {
        AtomicInteger hit = new AtomicInteger();
        AtomicInteger witnessed = new AtomicInteger();
        RecordHandler<String> handler = (record, run) -> {
            if (record.equals("witness")) {
                Thread.onSpinWait();
                if (Thread.currentThread().isInterrupted()) {
                    hit.incrementAndGet();
                }
                witnessed.incrementAndGet();
            }
        };
        try (TestEngine engine = new TestEngine(handler).maxConcurrency(1)) {
            CompletionTracker<String> lasting = engine.track();
            int rounds = 20_000;
            for (int i = 0; i < rounds; i++) {
                CompletionTracker<String> brief = engine.dispatcher().track("orders-1", 10);
                engine.dispatcher().submit(brief, i, null, 0, "victim");
                engine.dispatcher().submit(lasting, i, null, 0, "witness");
                engine.dispatcher().flush();
                brief.abandon();
                lasting.frontier();
            }
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> witnessed.get() == rounds);
            assertThat(hit).hasValue(0);
            assertThat(lasting.frontier()).isEqualTo(rounds);
        }
    }
}
