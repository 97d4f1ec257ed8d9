package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StarvationTest {

    private final Gates gates = new Gates();

    @Test
    void whenAWorkerGetsNoThread_thenItIsReportedOnceForEachTime() {
        ByHand byHand = new ByHand();
        gates.open("r0", "r1");
        try (TestEngine engine = new TestEngine(gates).threads(byHand)) {
            CompletionTracker<String> tracker = engine.track();
            for (int i = 0; i < 2; i++) {
                engine.submit(tracker, i, "a", "r" + i);
                int reports = i + 1;
                engine.dispatcher().housekeep();
                assertThat(engine.starvations).hasSize(i);
                awaitReports(engine, reports);
                engine.dispatcher().housekeep();
                assertThat(engine.starvations).hasSize(reports);
                byHand.runAll();
            }
            assertThat(engine.starvations).allMatch(unmounted -> unmounted.compareTo(Duration.ofSeconds(1)) >= 0);
            assertThat(tracker.frontier()).isEqualTo(2);
        }
    }

    @Test
    void whenOthersOccupyEveryCarrier_thenItIsReported() {
        AtomicBoolean occupied = new AtomicBoolean(true);
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread.startVirtualThread(() -> {
                while (occupied.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        gates.open("r");
        try (TestEngine engine = new TestEngine(gates)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "r");
            awaitReports(engine, 1);
            occupied.set(false);
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> tracker.frontier() == 1);
        } finally {
            occupied.set(false);
        }
    }

    @Test
    void whenHandlersBlockForLong_thenThatIsNotStarvation() {
        try (TestEngine engine = new TestEngine(gates).maxConcurrency(1)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "r0");
            engine.submit(tracker, 1, "b", "r1");
            gates.awaitStarted("r0");
            long start = System.nanoTime();

            Awaitility.await().atMost(Gates.PATIENCE).until(() -> {
                engine.dispatcher().housekeep();
                return System.nanoTime() - start > Duration.ofMillis(1200).toNanos();
            });
            assertThat(engine.starvations).isEmpty();
            gates.open("r0", "r1");
            gates.awaitFinished("r1");
        }
    }

    private static void awaitReports(TestEngine engine, int count) {
        Awaitility.await().atMost(Gates.PATIENCE).until(() -> {
            engine.dispatcher().housekeep();
            return engine.starvations.size() == count;
        });
    }
}
