package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens to the records of an assignment that is taken back in peace. */
class RevokeTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Gates gates = new Gates();

    @Test
    void whenRevoked_thenWhatRunsEndsAndNothingElseStarts() {
        try (TestEngine engine = new TestEngine(gates).maxConcurrency(2)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            engine.submit(tracker, 1, "a", "a1");
            engine.submit(tracker, 2, "b", "b2");
            engine.submit(tracker, 3, "c", "c3");
            engine.submit(tracker, 4, "b", "b4");
            gates.awaitStarted("a0", "b2");

            tracker.revoke();
            gates.open("a0", "a1", "b2", "c3", "b4");

            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
            assertThat(gates.finished).containsExactlyInAnyOrder("a0", "b2");
            assertThat(tracker.frontier()).isEqualTo(1);
            List<Long> done = new ArrayList<>();
            tracker.forEachDoneAbove(1, 100, done::add);
            assertThat(done).containsExactly(2L);
            assertThat(engine.dispatcher().held()).isZero();
            assertThat(engine.dispatcher().heldBytes()).isZero();
        }
    }

    @Test
    void whenLaterRecordsWereDoneBeforeTheyCame_thenThoseBelowThemThatNeverStartedAreDroppedAllTheSame() {
        ByHand byHand = new ByHand();
        List<String> runs = new ArrayList<>();
        try (TestEngine engine = new TestEngine((record, run) -> runs.add(record)).threads(byHand)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            byHand.runAll();
            engine.dispatcher().submitDone(tracker, 1);
            engine.submit(tracker, 2, "b", "b2");
            engine.dispatcher().submitDone(tracker, 3);
            engine.submit(tracker, 4, "b", "b4");
            engine.dispatcher().submitDone(tracker, 7);
            assertThat(tracker.span()).isEqualTo(4);

            tracker.revoke();
            byHand.runAll();

            assertThat(runs).containsExactly("a0");
            assertThat(tracker.isDrained()).isTrue();
            assertThat(tracker.frontier()).isEqualTo(2);
            List<Long> done = new ArrayList<>();
            tracker.forEachDoneAbove(2, 100, done::add);
            assertThat(done).containsExactly(3L, 7L);
            assertThat(engine.dispatcher().held()).isZero();
            assertThat(engine.dispatcher().heldBytes()).isZero();
        }
    }

    @Test
    void whenNothingWasStarted_thenEverythingIsDroppedAtOnce() {
        ByHand byHand = new ByHand();
        try (TestEngine engine = new TestEngine(gates).threads(byHand)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            engine.submit(tracker, 1, "b", "b1");

            tracker.revoke();

            assertThat(tracker.isDrained()).isTrue();
            assertThat(tracker.frontier()).isZero();
            byHand.runAll();
            assertThat(gates.started).isEmpty();
            assertThat(engine.dispatcher().held()).isZero();
        }
    }

    @Test
    void whenARecordWaitsForARetry_thenItIsDroppedWithWhatQueuesBehindIt() {
        List<String> runs = new ArrayList<>();
        ByHand byHand = new ByHand();
        RecordHandler<String> handler = (record, run) -> {
            runs.add(record);
            if (record.equals("a0")) {
                throw new IllegalStateException("no");
            }
        };
        try (TestEngine engine = new TestEngine(handler).threads(byHand).retryAfter(HOUR)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            byHand.runAll();
            engine.submit(tracker, 1, "a", "a1");
            engine.submit(tracker, 2, "b", "b2");
            byHand.runAll();

            tracker.revoke();
            byHand.runAll();

            assertThat(tracker.isDrained()).isTrue();
            assertThat(runs).containsExactly("a0", "b2");
            assertThat(tracker.frontier()).isZero();
            assertThat(engine.dispatcher().heldBytes()).isZero();
            assertThat(engine.dispatcher().running()).isZero();
        }
    }

    @Test
    void whenARunningRecordFailsAfterTheRevocation_thenItIsDroppedInsteadOfRetried() {
        RecordHandler<String> failing = (record, run) -> {
            gates.handle(record, run);
            throw new IllegalStateException("no");
        };
        try (TestEngine engine = new TestEngine(failing).retryAfter(HOUR)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            engine.submit(tracker, 1, "a", "a1");
            gates.awaitStarted("a0");

            tracker.revoke();
            gates.open("a0");

            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
            assertThat(gates.started).containsExactly("a0");
            assertThat(tracker.frontier()).isZero();
        }
    }

    @Test
    void whenTheAssignmentComesBack_thenItsKeyWaitsForTheOldRunAndOldCompletionsDoNotCount() {
        try (TestEngine engine = new TestEngine(gates)) {
            CompletionTracker<String> old = engine.track();
            engine.submit(old, 0, "a", "old0");
            engine.submit(old, 1, "a", "old1");
            gates.awaitStarted("old0");
            old.revoke();

            CompletionTracker<String> renewed = engine.track();
            engine.submit(renewed, 0, "a", "new0");
            engine.submit(renewed, 1, "b", "new1");
            gates.awaitStarted("new1");
            assertThat(gates.started).doesNotContain("new0");

            gates.open("old0");
            gates.awaitStarted("new0");
            assertThat(old.frontier()).isEqualTo(1);
            assertThat(renewed.frontier()).isZero();

            gates.open("new0", "new1");
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> renewed.frontier() == 2);
            assertThat(gates.started).doesNotContain("old1");
        }
    }

    @Test
    void whenTheAssignmentComesBackWhileItsKeyWaitedForARetry_thenTheNewRecordsRun() {
        RecordHandler<String> handler = (record, run) -> {
            gates.started.add(record);
            if (record.startsWith("old")) {
                throw new IllegalStateException("no");
            }
        };
        try (TestEngine engine = new TestEngine(handler).retryAfter(HOUR)) {
            CompletionTracker<String> old = engine.track();
            engine.submit(old, 0, "a", "old0");
            engine.submit(old, 1, "a", "old1");
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> engine.dispatcher().held() == 0);
            CompletionTracker<String> renewed = engine.track();
            engine.submit(renewed, 0, "a", "new0");

            old.revoke();

            Awaitility.await().atMost(Gates.PATIENCE).until(() -> renewed.frontier() == 1);
            assertThat(gates.started).containsExactly("old0", "new0");
            assertThat(old.isDrained()).isTrue();
        }
    }
}
