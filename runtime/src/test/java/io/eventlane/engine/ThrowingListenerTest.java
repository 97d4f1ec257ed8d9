package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener throws goes to the thread's uncaught-exception handler and changes nothing else. */
class ThrowingListenerTest {

    private final List<Throwable> uncaught = new ArrayList<>();
    private final ByHand byHand = new ByHand();
    private final RuntimeException thrown = new IllegalStateException("thrown by a listener");

    @BeforeEach
    void collectUncaught() {
        Thread.currentThread().setUncaughtExceptionHandler((thread, throwable) -> uncaught.add(throwable));
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setUncaughtExceptionHandler(null);
    }

    @Test
    void whenTheListenerThrowsOnAFailure_thenTheRecordIsRetriedAllTheSame() {
        RecordHandler<String> handler = (record, run) -> {
            if (run.attempt() == 1) {
                throw new IllegalArgumentException("no");
            }
        };
        try (TestEngine engine = new TestEngine(handler).threads(byHand).listener(new Throwing())) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "r");
            Awaitility.await().atMost(Gates.PATIENCE).pollInSameThread().until(() -> {
                byHand.runAll();
                return tracker.frontier() == 1;
            });
            assertThat(uncaught).containsExactly(thrown);
        }
    }

    @Test
    void whenTheListenerThrowsOnARefusedStart_thenTheSourceDoesNot() {
        try (TestEngine engine = new TestEngine((record, run) -> {
        }).threads(task -> {
            throw new RejectedExecutionException("not now");
        }).listener(new Throwing())) {
            engine.submit(engine.track(), 0, "a", "r");

            assertThat(uncaught).containsExactly(thrown);
            assertThat(engine.dispatcher().running()).isZero();
        }
    }

    @Test
    void whenWhoeverIsToldOfARecordThatIsDoneThrows_thenItIsDoneAndItsKeyGoesOn() {
        try (TestEngine engine = new TestEngine((record, run) -> {
        }).threads(byHand)) {
            CompletionTracker<String> tracker = engine.dispatcher().track("orders-0", 10_000, record -> {
                throw thrown;
            });
            engine.submit(tracker, 0, "a", "a0");
            engine.submit(tracker, 1, "a", "a1");
            byHand.runAll();

            assertThat(tracker.frontier()).isEqualTo(2);
            assertThat(engine.dispatcher().held()).isZero();
            assertThat(uncaught).containsExactly(thrown, thrown);
        }
    }

    private final class Throwing implements DispatcherListener<String> {

        @Override
        public void onFailure(String record, int attempt, Throwable failure, Verdict verdict) {
            throw thrown;
        }

        @Override
        public void onStarvation(Duration unmounted) {
            throw thrown;
        }

        @Override
        public void onRefusedStart(Throwable refusal) {
            throw thrown;
        }
    }
}
