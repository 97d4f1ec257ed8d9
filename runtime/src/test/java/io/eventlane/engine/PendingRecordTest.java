package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;

/** A record whose handler has returned, but which is done only when its stage says so. */
class PendingRecordTest {

    private final Throwable failure = new IllegalStateException("no");
    private final ByHand byHand = new ByHand();
    private final TimerByHand timer = new TimerByHand();
    private final List<String> runs = new ArrayList<>();
    private final Map<String, CompletableFuture<Void>> stages = new ConcurrentHashMap<>();
    private final TestEngine engine = new TestEngine(this::handle).threads(byHand).timer(timer).maxConcurrency(1);
    private final CompletionTracker<String> tracker = engine.track();
    private long offset;

    /** Those whose name begins with "w" wait for a stage. */
    private void handle(String record, Run run) {
        runs.add(record + "/" + run.attempt());
        if (record.startsWith("w")) {
            run.doneWhen(stage(record));
        }
    }

    @Test
    void whenTheStageIsNotComplete_thenTheRecordIsNotDoneAndItsKeyWaits() {
        submit("a", "w0", "1");
        assertThat(runs).containsExactly("w0/1");
        assertThat(tracker.frontier()).isZero();

        stage("w0").complete(null);
        assertThat(tracker.frontier()).isEqualTo(1);
        byHand.runAll();

        assertThat(runs).containsExactly("w0/1", "1/1");
        assertThat(tracker.frontier()).isEqualTo(2);
        assertIdle();
    }

    @Test
    void whenTheStageWasCompleteBefore_thenTheRecordIsDone() {
        stage("w0").complete(null);
        stage("w1").completeExceptionally(failure);

        submit("a", "w0", "1");
        submit("b", "w1");

        assertThat(tracker.frontier()).isEqualTo(2);
        assertThat(runs).containsExactly("w0/1", "1/1", "w1/1");
        assertThat(engine.failures).singleElement().extracting(TestEngine.Failure::failure).isSameAs(failure);
    }

    @Test
    void whenNothingQueuesBehind_thenTheKeyIsIdleOnceTheStageIsComplete() {
        submit("a", "w0");
        stage("w0").complete(null);

        assertThat(tracker.frontier()).isEqualTo(1);
        assertThat(byHand.waiting()).isZero();
        assertIdle();
        submit("a", "later");
        assertThat(runs).containsExactly("w0/1", "later/1");
    }

    @Test
    void whenRecordsOfOtherKeysCome_thenTheyRunWhileManyWait() {
        for (int i = 0; i < 100; i++) {
            submit("k" + i, "w" + i);
        }
        submit("other", "free");

        assertThat(runs).hasSize(101).endsWith("free/1");
        assertThat(engine.dispatcher().running()).isZero();
        for (int i = 99; i >= 0; i--) {
            assertThat(tracker.frontier()).isZero();
            stage("w" + i).complete(null);
        }
        assertThat(tracker.frontier()).isEqualTo(101);
        assertIdle();
    }

    @Test
    void whenAKeyWaits_thenNeitherItsRecordNorThoseBehindItAreHeld() {
        submit("b", "1");
        submit("a", "w0", "behind");
        assertThat(engine.dispatcher().held()).isZero();
        assertThat(engine.dispatcher().heldBytes()).isEqualTo(20);
        submit("a", "behind too");
        assertThat(engine.dispatcher().held()).isZero();
        engine.submit(tracker, offset++, "b", "2");
        assertThat(engine.dispatcher().held()).isEqualTo(1);

        stage("w0").complete(null);
        byHand.runAll();

        assertThat(tracker.frontier()).isEqualTo(5);
        assertIdle();
    }

    @Test
    void whenOneRecordOfAKeyAfterTheOtherWaits_thenWhatIsHeldReturnsToNothing() {
        submit("a", "w0", "w1", "2");
        stage("w0").complete(null);
        submit("a", "w3");
        byHand.runAll();
        submit("a", "w4", "5");
        for (String record : List.of("w1", "w3", "w4")) {
            assertThat(engine.dispatcher().held()).isZero();
            stage(record).complete(null);
            byHand.runAll();
        }

        assertThat(runs).containsExactly("w0/1", "w1/1", "2/1", "w3/1", "w4/1", "5/1");
        assertThat(tracker.frontier()).isEqualTo(6);
        assertIdle();
    }

    @Test
    void whenAKeyWaitsAgainAfterItWasIdle_thenItIsNotHeldEither() {
        submit("a", "w0", "w1");
        stage("w0").complete(null);
        byHand.runAll();
        stage("w1").complete(null);
        submit("a", "w2", "3");

        assertThat(engine.dispatcher().held()).isZero();
        stage("w2").complete(null);
        byHand.runAll();
        assertThat(tracker.frontier()).isEqualTo(4);
        assertIdle();
    }

    @Test
    void whenTheStageFails_thenTheRecordFailsWithItsCauseAndIsTriedAgainBeforeThoseBehindIt() {
        submit("a", "w0", "1");
        stages.remove("w0").completeExceptionally(new CompletionException(failure));
        byHand.runAll();
        assertThat(engine.failures).containsExactly(new TestEngine.Failure("w0", 1, failure,
                new Verdict.Retry(Duration.ofMillis(1))));
        assertThat(runs).containsExactly("w0/1");
        assertThat(tracker.frontier()).isZero();

        assertThat(timer.endOne()).isTrue();
        byHand.runAll();
        assertThat(runs).containsExactly("w0/1", "w0/2");
        stage("w0").complete(null);
        byHand.runAll();

        assertThat(runs).containsExactly("w0/1", "w0/2", "1/1");
        assertThat(tracker.frontier()).isEqualTo(2);
        assertIdle();
    }

    @Test
    void whenTheStageIsCompletedTwice_thenTheFirstCounts() {
        TwiceCompleted stage = new TwiceCompleted();
        stages.put("w0", stage);
        submit("a", "w0", "w1");

        stage.listener.accept(null, null);
        byHand.runAll();
        stage.listener.accept(null, null);
        stage.listener.accept(null, failure);
        byHand.runAll();

        assertThat(runs).containsExactly("w0/1", "w1/1");
        assertThat(tracker.frontier()).isEqualTo(1);
        assertThat(engine.failures).isEmpty();
        stage("w1").complete(null);
        assertIdle();
    }

    @Test
    void whenTheStageCannotBeListenedTo_thenTheRecordFails() {
        RuntimeException broken = new IllegalStateException("broken stage");
        stages.put("w0", new CompletableFuture<>() {
            @Override
            public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
                throw broken;
            }
        });
        submit("a", "w0");
        submit("b", "1");

        assertThat(engine.failures).singleElement().extracting(TestEngine.Failure::failure).isSameAs(broken);
        assertThat(runs).containsExactly("w0/1", "1/1");
        assertThat(timer.waiting()).isEqualTo(1);
        assertThat(engine.dispatcher().running()).isZero();
    }

    @Test
    void whenTheHandlerThrowsAfterAll_thenItsStageDoesNotCount() {
        AtomicBoolean failing = new AtomicBoolean(true);
        TestEngine throwing = new TestEngine((record, run) -> {
            if (failing.getAndSet(false)) {
                run.doneWhen(stage("w0"));
                throw failure;
            }
        }).threads(byHand).timer(timer);
        CompletionTracker<String> other = throwing.track();
        throwing.submit(other, 0, "a", "r");
        byHand.runAll();
        stage("w0").complete(null);
        byHand.runAll();
        assertThat(other.frontier()).isZero();
        assertThat(throwing.failures).hasSize(1);

        timer.endOne();
        byHand.runAll();
        assertThat(other.frontier()).isEqualTo(1);
    }

    @Test
    void whenAnotherThreadCompletesTheStage_thenItsInterruptFlagIsItsOwn() throws InterruptedException {
        submit("a", "w0");
        submit("b", "w1");
        AtomicBoolean kept = new AtomicBoolean();
        Thread completer = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            stage("w0").complete(null);
            stage("w1").completeExceptionally(failure);
            kept.set(Thread.currentThread().isInterrupted());
        });
        completer.join();

        assertThat(kept).isTrue();
        assertThat(tracker.frontier()).isEqualTo(1);
        assertThat(engine.failures).hasSize(1);
    }

    @Test
    void whenTheThreadThatRanTheHandlerCompletesTheStageLater_thenItsInterruptFlagIsItsOwn() {
        submit("a", "w0");
        Thread.currentThread().interrupt();
        stage("w0").complete(null);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tracker.frontier()).isEqualTo(1);
    }

    @Test
    void whenAbandonedWhileAnotherThreadEndsTheRecord_thenTheThreadThatRanTheHandlerIsNotInterrupted()
            throws InterruptedException {
        AtomicReference<CompletionTracker<String>> its = new AtomicReference<>();
        List<Long> running = new ArrayList<>();
        TestEngine abandoned = new TestEngine(this::handle).threads(byHand).timer(timer)
                .policy((record, attempt, thrown) -> {
                    running.addAll(its.get().abandon());
                    return new Verdict.Retry(Duration.ofSeconds(1));
                });
        its.set(abandoned.track());
        abandoned.submit(its.get(), 0, "a", "w0");
        byHand.runAll();
        Thread completer = Thread.ofPlatform().start(() -> stage("w0").completeExceptionally(failure));
        completer.join();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(running).containsExactly(0L);
        assertThat(its.get().isDrained()).isTrue();
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void whenTheHandlerLeavesItsInterruptFlagSet_thenTheNextRecordOfItsThreadDoesNotSeeIt() {
        List<Boolean> seen = new ArrayList<>();
        TestEngine interrupting = new TestEngine((record, run) -> {
            seen.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            run.doneWhen(stage(record));
        }).threads(byHand).timer(timer);
        CompletionTracker<String> other = interrupting.track();
        interrupting.submit(other, 0, "a", "w0");
        interrupting.submit(other, 1, "b", "w1");
        byHand.runAll();

        assertThat(seen).containsExactly(false, false);
        assertThat(Thread.interrupted()).isFalse();
    }

    // The end of the assignment

    @Test
    void whenRevoked_thenTheRecordIsWaitedForAndThoseBehindItThatNeverStartedAreDropped() {
        submit("a", "w0", "1");
        submit("b", "w2");
        submit("c", "3");
        tracker.revoke();
        byHand.runAll();
        assertThat(tracker.isDrained()).isFalse();

        stage("w0").complete(null);
        stage("w2").complete(null);
        byHand.runAll();

        assertThat(tracker.isDrained()).isTrue();
        assertThat(runs).containsExactly("w0/1", "w2/1", "3/1");
        assertThat(tracker.frontier()).isEqualTo(1);
        assertIdle();
    }

    @Test
    void whenTheStageFailsAfterTheRevocation_thenTheRecordIsDroppedWithThoseBehindIt() {
        submit("a", "w0", "1");
        tracker.revoke();

        stage("w0").completeExceptionally(failure);
        byHand.runAll();

        assertThat(tracker.isDrained()).isTrue();
        assertThat(timer.waiting()).isZero();
        assertThat(runs).containsExactly("w0/1");
        assertThat(tracker.frontier()).isZero();
        assertIdle();
    }

    @Test
    void whenTheStageNeverCompletes_thenAbandoningEndsTheWaitAndTellsTheOffset() {
        submit("a", "w0", "1");
        assertThat(tracker.abandon()).containsExactly(0L);

        assertThat(tracker.isDrained()).isTrue();
        byHand.runAll();
        assertThat(runs).containsExactly("w0/1");
        assertIdle();
    }

    @Test
    void whenTheAssignmentComesBackAfterItWasAbandoned_thenTheOldStageNoLongerMatters() {
        submit("a", "w0", "1");
        CompletableFuture<Void> old = stages.remove("w0");
        tracker.abandon();
        CompletionTracker<String> renewed = engine.track();
        engine.submit(renewed, 0, "a", "w0");
        engine.submit(renewed, 1, "a", "1");
        byHand.runAll();
        assertThat(runs).containsExactly("w0/1", "w0/1");

        old.complete(null);
        byHand.runAll();
        assertThat(tracker.frontier()).isZero();
        assertThat(renewed.frontier()).isZero();

        stage("w0").complete(null);
        byHand.runAll();
        assertThat(renewed.frontier()).isEqualTo(2);
        assertIdle();
    }

    @Test
    void whenTheAssignmentIsAbandonedWhileTheHandlerReturns_thenNobodyWaitsForItsStage() {
        List<Boolean> revoked = new ArrayList<>();
        TestEngine abandoned = new TestEngine((record, run) -> {
            CompletionTracker<?> its = ((Entry<?>) run).tracker;
            its.abandon();
            revoked.add(run.isRevoked());
            run.doneWhen(stage("w0"));
        }).threads(byHand).timer(timer);
        CompletionTracker<String> other = abandoned.track();
        abandoned.submit(other, 0, "a", "r");
        abandoned.submit(other, 1, "a", "behind");
        byHand.runAll();

        assertThat(revoked).containsExactly(true);
        assertThat(other.isDrained()).isTrue();
        assertThat(Thread.interrupted()).as("the interrupt outlived the handler").isFalse();
        assertThat(abandoned.dispatcher().heldBytes()).isZero();
    }

    @Test
    void whenTheSourceDrains_thenTheStageWakesIt() {
        submit("a", "w0");
        tracker.revoke();
        Thread source = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            while (source.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            stage("w0").complete(null);
        });

        assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
        assertThat(tracker.frontier()).isEqualTo(1);
    }

    private void submit(String key, String... records) {
        for (String record : records) {
            engine.submit(tracker, offset++, key, record);
        }
        byHand.runAll();
    }

    private CompletableFuture<Void> stage(String record) {
        return stages.computeIfAbsent(record, r -> new CompletableFuture<>());
    }

    private void assertIdle() {
        assertThat(engine.dispatcher().held()).isZero();
        assertThat(engine.dispatcher().heldBytes()).isZero();
        assertThat(engine.dispatcher().running()).isZero();
    }

    /** A stage that breaks its contract. */
    private static final class TwiceCompleted extends CompletableFuture<Void> {

        private BiConsumer<? super Void, ? super Throwable> listener;

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            listener = action;
            return this;
        }
    }
}
