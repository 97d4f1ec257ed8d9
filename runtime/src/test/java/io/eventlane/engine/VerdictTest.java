package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a record that failed, and of its lane, after each verdict of the policy. */
class VerdictTest {

    private static final Duration DELAY = Duration.ofSeconds(7);

    record Judged(String record, int attempt, Throwable failure) {
    }

    private final Throwable failure = new IllegalStateException("no");
    private final ByHand byHand = new ByHand();
    private final TimerByHand timer = new TimerByHand();
    private final List<String> runs = new ArrayList<>();
    private final List<Judged> judged = new ArrayList<>();
    private final List<Throwable> uncaught = new ArrayList<>();
    private FailurePolicy<String> policy = (record, attempt, thrown) -> new Verdict.Retry(DELAY);
    private boolean failing = true;
    private final TestEngine engine = new TestEngine(this::handle).threads(byHand).timer(timer).policy(this::judge);
    private final CompletionTracker<String> tracker = engine.track();

    private void handle(String record, Run run) throws Throwable {
        runs.add(record + "/" + run.attempt());
        if (failing && record.equals("bad")) {
            throw failure;
        }
    }

    private Verdict judge(String record, int attempt, Throwable thrown) {
        judged.add(new Judged(record, attempt, thrown));
        return policy.judge(record, attempt, thrown);
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setUncaughtExceptionHandler(null);
    }

    @Test
    void whenRetry_thenTheNextRunIsTheNextAttempt() {
        start();
        endDelay();

        assertThat(runs).containsExactly("bad/1", "other/1", "bad/2");
        assertThat(judged).containsExactly(new Judged("bad", 1, failure), new Judged("bad", 2, failure));
        assertHeard(new Verdict.Retry(DELAY), 1, 2);
        assertGoesOn("bad/3");
    }

    @Test
    void whenParked_thenItIsTriedAgainAllTheSame() {
        policy = (record, attempt, thrown) -> attempt < 2 ? new Verdict.Retry(DELAY) : new Verdict.Park(DELAY);
        start();
        endDelay();
        endDelay();

        assertThat(engine.failures).extracting(TestEngine.Failure::verdict)
                .containsExactly(new Verdict.Retry(DELAY), new Verdict.Park(DELAY), new Verdict.Park(DELAY));
        assertGoesOn("bad/4");
    }

    @Test
    void whenPostponed_thenTheRunDoesNotCountAndNobodyHearsOfIt() {
        policy = (record, attempt, thrown) -> new Verdict.Postpone(DELAY);
        start();
        endDelay();

        assertThat(runs).containsExactly("bad/1", "other/1", "bad/1");
        assertThat(judged).containsExactly(new Judged("bad", 1, failure), new Judged("bad", 1, failure));
        assertThat(engine.failures).isEmpty();
        assertGoesOn("bad/1");
    }

    @Test
    void whenPostponedAfterAFailure_thenTheAttemptsGoOnFromThere() {
        policy = (record, attempt, thrown) -> judged.size() == 2 ? new Verdict.Postpone(DELAY) : new Verdict.Retry(DELAY);
        start();
        endDelay();
        endDelay();

        assertThat(runs).containsExactly("bad/1", "other/1", "bad/2", "bad/2");
        assertHeard(new Verdict.Retry(DELAY), 1, 2);
        assertGoesOn("bad/3");
    }

    @Test
    void whenHalted_thenNothingOfTheKeyRunsAgainAndTheSourceIsWoken() {
        policy = (record, attempt, thrown) -> new Verdict.Halt();
        assertThat(tracker.isHalted()).isFalse();
        start();

        assertThat(tracker.isHalted()).isTrue();
        assertThat(engine.wakes).hasValue(1);
        assertHeard(new Verdict.Halt(), 1);
        assertThat(timer.waiting()).isZero();
        tracker.forEachStuck(System.nanoTime(), tracker::runNow);
        engine.dispatcher().housekeep();
        byHand.runAll();
        engine.submit(tracker, 3, "a", "later");
        engine.submit(tracker, 4, "c", "elsewhere");
        byHand.runAll();

        assertThat(runs).containsExactly("bad/1", "other/1", "elsewhere/1");
        assertThat(tracker.frontier()).isZero();
        assertThat(engine.dispatcher().held()).isZero();
        assertDrainsWhenRevoked();
        assertThat(runs).hasSize(3);
    }

    @Test
    void whenHaltedAfterAStageHasFailed_thenTheSourceIsWoken() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        TestEngine waiting = new TestEngine((record, run) -> run.doneWhen(stage)).threads(byHand)
                .policy((record, attempt, thrown) -> new Verdict.Halt());
        CompletionTracker<String> other = waiting.track();
        waiting.submit(other, 0, "a", "r");
        byHand.runAll();

        stage.completeExceptionally(failure);

        assertThat(other.isHalted()).isTrue();
        assertThat(waiting.wakes).hasValue(1);
        other.revoke();
        assertThat(other.isDrained()).isTrue();
    }

    @Test
    void whenThePolicyThrows_thenTheRecordIsParkedAndTheThrownIsUncaught() {
        RuntimeException thrownByPolicy = new IllegalArgumentException("thrown by a policy");
        policy = (record, attempt, thrown) -> {
            throw thrownByPolicy;
        };
        collectUncaught(uncaught::add);
        start();

        assertThat(uncaught).containsExactly(thrownByPolicy);
        assertThat(engine.failures).singleElement().satisfies(heard -> {
            assertThat(heard.failure()).isSameAs(failure);
            assertThat(heard.verdict()).isInstanceOf(Verdict.Park.class);
        });
        assertGoesOn("bad/2");
    }

    @Test
    @SuppressWarnings("NullAway")
    void whenThePolicyDecidesNothing_thenTheRecordIsParked() {
        policy = (record, attempt, thrown) -> null;
        collectUncaught(uncaught::add);
        start();

        assertThat(uncaught).singleElement().isInstanceOf(NullPointerException.class);
        assertThat(engine.failures).extracting(TestEngine.Failure::verdict).hasOnlyElementsOfType(Verdict.Park.class);
        assertGoesOn("bad/2");
    }

    @Test
    void whenEvenTheUncaughtHandlerThrows_thenTheRecordIsParked() {
        policy = (record, attempt, thrown) -> {
            throw new IllegalArgumentException("thrown by a policy");
        };
        collectUncaught(thrown -> {
            throw new IllegalStateException("thrown by a handler", thrown);
        });
        start();

        assertGoesOn("bad/2");
    }

    @Test
    void whenTheDelayIsLongerThanATimerCanCount_thenTheKeyWaitsAndOthersGoOn() {
        policy = (record, attempt, thrown) -> new Verdict.Park(Duration.ofSeconds(Long.MAX_VALUE));
        start();

        assertThat(runs).containsExactly("bad/1", "other/1");
        assertThat(timer.waiting()).isEqualTo(1);
        assertDrainsWhenRevoked();
    }

    @Test
    void whenTheTimerIsShutDown_thenTheRecordIsDropped() {
        TestEngine closed = new TestEngine(this::handle).threads(byHand);
        CompletionTracker<String> other = closed.track();
        closed.submit(other, 0, "a", "bad");
        closed.submit(other, 1, "a", "behind");
        closed.close();
        byHand.runAll();

        assertThat(other.isDrained()).isTrue();
        assertThat(runs).containsExactly("bad/1");
        assertThat(closed.dispatcher().heldBytes()).isZero();
    }

    private void start() {
        engine.submit(tracker, 0, "a", "bad");
        engine.submit(tracker, 1, "a", "behind");
        engine.submit(tracker, 2, "b", "other");
        byHand.runAll();
    }

    private void endDelay() {
        assertThat(timer.endOne()).isTrue();
        byHand.runAll();
    }

    private void assertHeard(Verdict verdict, Integer... attempts) {
        assertThat(engine.failures).extracting(TestEngine.Failure::attempt).containsExactly(attempts);
        assertThat(engine.failures).allSatisfy(heard -> {
            assertThat(heard.verdict()).isEqualTo(verdict);
            assertThat(heard.failure()).isSameAs(failure);
        });
    }

    private void assertGoesOn(String next) {
        assertThat(tracker.isHalted()).isFalse();
        assertThat(timer.waiting()).isEqualTo(1);
        failing = false;
        runs.clear();
        endDelay();
        assertThat(runs).containsExactly(next, "behind/1");
        assertThat(tracker.frontier()).isEqualTo(3);
        assertThat(engine.dispatcher().held()).isZero();
        assertThat(engine.dispatcher().heldBytes()).isZero();
    }

    private void assertDrainsWhenRevoked() {
        tracker.revoke();
        byHand.runAll();
        assertThat(tracker.isDrained()).isTrue();
        assertThat(timer.waiting()).isZero();
        assertThat(engine.dispatcher().heldBytes()).isZero();
    }

    private static void collectUncaught(Consumer<Throwable> handler) {
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> handler.accept(thrown));
    }
}
