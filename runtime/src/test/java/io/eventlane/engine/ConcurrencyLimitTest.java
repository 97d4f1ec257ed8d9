package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

    @Test
    void whenHandlersBlock_thenExactlyAsManyRunAsAllowed() {
        Gates gates = new Gates();
        try (TestEngine engine = new TestEngine(gates).maxConcurrency(3)) {
            CompletionTracker<String> tracker = engine.track();
            for (int i = 0; i < 5; i++) {
                engine.submit(tracker, i, null, "r" + i);
            }
            gates.awaitStarted("r0", "r1", "r2");
            assertThat(engine.dispatcher().running()).isEqualTo(3);
            assertThat(gates.started).hasSize(3);

            gates.open("r0");
            gates.awaitStarted("r3");
            assertThat(gates.started).hasSize(4);
            gates.open("r1", "r2", "r3", "r4");
            gates.awaitFinished("r4");
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> engine.dispatcher().running() == 0);
        }
    }

    @Test
    void whenManyKeysBlockForAMoment_thenTheLimitIsReachedAndNeverExceeded() {
        int limit = 16;
        int records = 20_000;
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        RecordHandler<String> handler = (record, run) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            LockSupport.parkNanos(10_000);
            running.decrementAndGet();
        };
        try (TestEngine engine = new TestEngine(handler).maxConcurrency(limit).maxQueued(records)) {
            CompletionTracker<String> tracker = engine.track();
            for (int i = 0; i < records; i++) {
                engine.dispatcher().submit(tracker, i, ("k" + i % 500).getBytes(), 1, "r");
                if (i % 100 == 0) {
                    engine.dispatcher().flush();
                }
            }
            engine.dispatcher().flush();

            Awaitility.await().atMost(Gates.PATIENCE).until(() -> tracker.frontier() == records);
            assertThat(most).hasValue(limit);
        }
    }
}
