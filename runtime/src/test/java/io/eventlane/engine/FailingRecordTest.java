package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that fails keeps its place and is tried again without end, whatever it throws. */
class FailingRecordTest {

    record Thrown(String name, Supplier<Throwable> make) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Thrown> thrown() {
        return List.of(
                new Thrown("exception", () -> new IllegalStateException("no")),
                new Thrown("checked exception", () -> new Exception("no")),
                new Thrown("interrupted", InterruptedException::new),
                new Thrown("assertion", AssertionError::new),
                new Thrown("linkage", () -> new NoClassDefFoundError("Gone")),
                new Thrown("out of memory", () -> new OutOfMemoryError("thrown by a test")),
                new Thrown("stack overflow", () -> overflow(0)),
                new Thrown("thread death", ThreadDeath::new));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whenAHandlerThrows_thenTheRecordIsRetriedWithoutEndAndOtherKeysGoOn(Thrown thrown) {
        AtomicInteger attempts = new AtomicInteger();
        List<String> others = new CopyOnWriteArrayList<>();
        RecordHandler<String> handler = (record, run) -> {
            if (!record.equals("bad")) {
                others.add(record);
                return;
            }
            assertThat(run.attempt()).isEqualTo(attempts.incrementAndGet());
            throw thrown.make().get();
        };
        try (TestEngine engine = new TestEngine(handler).maxConcurrency(1)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "bad");
            engine.submit(tracker, 1, "a", "behind");
            for (int i = 2; i < 100; i++) {
                engine.submit(tracker, i, "k" + i, "other");
            }
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> attempts.get() > 20 && others.size() == 98);

            assertThat(others).doesNotContain("behind");
            assertThat(tracker.frontier()).isZero();
            assertThat(engine.failures.stream().map(TestEngine.Failure::attempt).limit(20))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
            tracker.revoke();
            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
        }
    }

    @Test
    void whenARetrySucceeds_thenTheLaneGoesOnInOrder() {
        List<String> runs = new CopyOnWriteArrayList<>();
        RecordHandler<String> handler = (record, run) -> {
            runs.add(record + "/" + run.attempt());
            if (record.equals("a0") && run.attempt() < 3) {
                throw new IllegalStateException("not yet");
            }
        };
        try (TestEngine engine = new TestEngine(handler)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            engine.submit(tracker, 1, "a", "a1");

            Awaitility.await().atMost(Gates.PATIENCE).until(() -> tracker.frontier() == 2);
            assertThat(runs).containsExactly("a0/1", "a0/2", "a0/3", "a1/1");
            assertThat(engine.dispatcher().held()).isZero();
            assertThat(engine.dispatcher().heldBytes()).isZero();
        }
    }

    @Test
    void whenAKeyWaits_thenItTakesNeitherAPermitNorPartOfTheQueue() {
        RecordHandler<String> handler = (record, run) -> {
            if (record.equals("bad")) {
                throw new IllegalStateException("no");
            }
        };
        ByHand byHand = new ByHand();
        try (TestEngine engine = new TestEngine(handler).threads(byHand).maxQueued(10)
                .retryAfter(Duration.ofHours(1))) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "bad");
            for (int i = 1; i < 10; i++) {
                engine.submit(tracker, i, "a", "behind");
            }
            assertThat(engine.dispatcher().hasRoom()).isFalse();
            byHand.runAll();

            assertThat(engine.wakes).hasValue(1);
            assertThat(engine.dispatcher().running()).isZero();
            assertThat(engine.dispatcher().held()).isZero();
            engine.submit(tracker, 10, "a", "behind too");
            assertThat(engine.dispatcher().held()).isZero();
            assertThat(engine.dispatcher().heldBytes()).isEqualTo(110);
            assertThat(engine.dispatcher().hasRoom()).isTrue();
            assertThat(byHand.waiting()).isZero();
        }
    }

    private static Throwable overflow(int depth) {
        return depth < 0 ? new AssertionError() : overflow(depth + 1);
    }
}
