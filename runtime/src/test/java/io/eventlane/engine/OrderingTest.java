package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which records wait for each other: of three, the first two of one key, only the first is let go. */
class OrderingTest {

    private final Gates gates = new Gates();

    @Test
    void whenOrderedByKey_thenOnlyTheSameKeyWaits() {
        try (TestEngine engine = started(Ordering.KEY, "k")) {
            gates.awaitStarted("0", "2");
            assertThat(gates.started).doesNotContain("1");
            gates.open("0");
            gates.awaitStarted("1");
        }
    }

    @Test
    void whenARecordHasNoKey_thenItWaitsForNobody() {
        try (TestEngine engine = started(Ordering.KEY, null)) {
            gates.awaitStarted("0", "1", "2");
        }
    }

    @Test
    void whenOrderedByPartition_thenAllOfItWait() {
        try (TestEngine engine = started(Ordering.PARTITION, null)) {
            engine.submit(engine.dispatcher().track("orders-1", 10), 0, "k", "elsewhere");
            gates.awaitStarted("0", "elsewhere");
            assertThat(gates.started).doesNotContain("1", "2");
            gates.open("0", "1");
            gates.awaitStarted("1", "2");
            assertThat(gates.started).endsWith("1", "2");
        }
    }

    @Test
    void whenUnordered_thenNothingWaits() {
        try (TestEngine engine = started(Ordering.UNORDERED, "k")) {
            gates.awaitStarted("0", "1", "2");
        }
    }

    @Test
    void whenTheKeyIsOfAnotherPartition_thenItWaitsForNobody() {
        try (TestEngine engine = started(Ordering.KEY, "k")) {
            engine.submit(engine.dispatcher().track("orders-1", 10), 0, "k", "elsewhere");
            gates.awaitStarted("0", "elsewhere");
        }
    }

    private TestEngine started(Ordering ordering, @Nullable String key) {
        TestEngine engine = new TestEngine(gates).ordering(ordering).maxConcurrency(8);
        CompletionTracker<String> tracker = engine.track();
        engine.submit(tracker, 0, key, "0");
        engine.submit(tracker, 1, key, "1");
        engine.submit(tracker, 2, "other", "2");
        return engine;
    }
}
