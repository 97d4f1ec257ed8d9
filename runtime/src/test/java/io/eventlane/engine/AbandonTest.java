package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens to the records of an assignment that is given up at once. */
class AbandonTest {

    private final Gates gates = new Gates();

    @Test
    void whenAbandoned_thenRunningHandlersAreInterruptedAndToldAndNothingElseStarts() {
        AtomicBoolean revokedBefore = new AtomicBoolean(true);
        AtomicBoolean revokedAfter = new AtomicBoolean();
        RecordHandler<String> handler = (record, run) -> {
            revokedBefore.set(run.isRevoked());
            try {
                gates.handle(record, run);
            } finally {
                revokedAfter.set(run.isRevoked());
            }
        };
        try (TestEngine engine = new TestEngine(handler).maxConcurrency(1)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 40, "a", "a0");
            engine.submit(tracker, 41, "a", "a1");
            engine.submit(tracker, 42, "b", "b2");
            gates.awaitStarted("a0");

            assertThat(tracker.abandon()).containsExactly(40L);

            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
            assertThat(revokedBefore).isFalse();
            assertThat(revokedAfter).isTrue();
            assertThat(gates.started).containsExactly("a0");
            assertThat(engine.failures).singleElement().extracting(TestEngine.Failure::failure)
                    .isInstanceOf(InterruptedException.class);
            assertThat(tracker.frontier()).isEqualTo(40);
            assertThat(engine.dispatcher().heldBytes()).isZero();
        }
    }

    @Test
    void whenARecordWaitsForARetry_thenItIsDropped() {
        RecordHandler<String> handler = (record, run) -> {
            throw new IllegalStateException("no");
        };
        try (TestEngine engine = new TestEngine(handler).retryAfter(Duration.ofHours(1))) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> engine.dispatcher().held() == 0);

            assertThat(tracker.abandon()).isEmpty();
            assertThat(tracker.isDrained()).isTrue();
        }
    }

    @Test
    void whenAHandlerIgnoresTheInterrupt_thenItsCompletionIsTheOldAssignmentsAlone() {
        CountDownLatch interrupted = new CountDownLatch(1);
        RecordHandler<String> stubborn = (record, run) -> {
            try {
                gates.handle(record, run);
            } catch (InterruptedException e) {
                interrupted.countDown();
                gates.handle(record, run);
            }
        };
        try (TestEngine engine = new TestEngine(stubborn)) {
            CompletionTracker<String> old = engine.track();
            engine.submit(old, 0, "a", "old0");
            gates.awaitStarted("old0");
            old.abandon();
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> interrupted.getCount() == 0);

            CompletionTracker<String> renewed = engine.track();
            engine.submit(renewed, 0, "a", "new0");
            assertThat(Drain.await(List.of(old), Duration.ofMillis(1))).isFalse();
            assertThat(gates.started).doesNotContain("new0");

            gates.open("old0");
            gates.awaitStarted("new0");
            assertThat(old.frontier()).isEqualTo(1);
            assertThat(renewed.frontier()).isZero();
            gates.open("new0");
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> renewed.frontier() == 1);
        }
    }
}
