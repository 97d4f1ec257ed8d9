package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

/** Which records are told as not getting on, what is told of them, and how their wait is ended. */
class StuckTest {

    private final Throwable failure = new IllegalStateException("no");
    private final ByHand byHand = new ByHand();
    private final TimerByHand timer = new TimerByHand();
    private final CompletableFuture<Void> stage = new CompletableFuture<>();
    private final AtomicReference<Verdict> verdict = new AtomicReference<>(new Verdict.Retry(Duration.ofSeconds(1)));
    private final List<String> runs = new ArrayList<>();
    private final List<Stuck<String>> seenInside = new ArrayList<>();
    private final TestEngine engine = new TestEngine(this::handle).threads(byHand).timer(timer)
            .policy((record, attempt, thrown) -> verdict.get());
    private final CompletionTracker<String> tracker = engine.track();

    private void handle(String record, Run run) throws Throwable {
        runs.add(record + "/" + run.attempt());
        switch (record) {
            case "fails" -> throw failure;
            case "waits" -> run.doneWhen(stage);
            case "looks" -> seenInside.addAll(stuck(System.nanoTime()));
            default -> {
                // done
            }
        }
    }

    @Test
    void whenARecordFails_thenItIsToldWithItsCauseAndSinceWhen() {
        long before = System.nanoTime();
        run("a", "fails", "behind");
        long after = System.nanoTime();

        Stuck<String> first = only();
        assertThat(first.record()).isEqualTo("fails");
        assertThat(first.verdict()).isEqualTo(verdict.get());
        assertThat(first.since()).isBetween(before, after);
        assertThat(first.failures()).isEqualTo(1);
        assertThat(first.cause()).isSameAs(failure);
        assertThat(first.isUnacknowledged()).isFalse();
    }

    @Test
    void whenItFailsAgain_thenItIsToldSinceTheFirstTime() {
        run("a", "fails", "behind");
        long since = only().since();
        verdict.set(new Verdict.Park(Duration.ofSeconds(1)));
        timer.endOne();
        byHand.runAll();

        assertThat(only().since()).isEqualTo(since);
        assertThat(only().failures()).isEqualTo(2);
        assertThat(only().verdict()).isEqualTo(verdict.get());
    }

    @Test
    void whenItOnlyWasPostponed_thenItIsNotTold() {
        verdict.set(new Verdict.Postpone(Duration.ofSeconds(1)));
        run("a", "fails");

        assertThat(stuck(System.nanoTime())).isEmpty();
    }

    @Test
    void whenTheWaitIsEnded_thenTheRecordRunsAtOnceAndOnce() {
        run("a", "fails", "behind");
        Stuck<String> stale = only();
        tracker.runNow(stale);
        tracker.runNow(stale);
        assertThat(byHand.waiting()).isEqualTo(1);
        byHand.runAll();
        assertThat(runs).containsExactly("fails/1", "fails/2");
        assertThat(timer.waiting()).as("the first delay is cancelled").isEqualTo(1);

        tracker.runNow(stale);
        byHand.runAll();
        assertThat(runs).as("that wait is over").hasSize(2);
    }

    @Test
    void whenAHandlerRunsForLong_thenItIsToldSinceItsStart() {
        long before = System.nanoTime();
        run("a", "looks");

        Stuck<String> inside = seenInside.getFirst();
        assertThat(inside.record()).isEqualTo("looks");
        assertThat(inside.verdict()).isNull();
        assertThat(inside.since()).isBetween(before, System.nanoTime());
        assertThat(inside.failures()).isZero();
        assertThat(inside.cause()).isNull();
        assertThat(stuck(System.nanoTime())).as("it is done").isEmpty();
    }

    @Test
    void whenAStageIsNotComplete_thenTheRecordIsToldAsUnacknowledged() {
        long before = System.nanoTime();
        run("a", "waits", "behind");

        assertThat(stuck(before)).as("started later").isEmpty();
        Stuck<String> waiting = only();
        assertThat(waiting.isUnacknowledged()).isTrue();
        assertThat(waiting.verdict()).isNull();
        assertThat(waiting.since()).isBetween(before, System.nanoTime());
        tracker.runNow(waiting);
        byHand.runAll();
        assertThat(runs).as("only the stage ends that wait").containsExactly("waits/1");

        stage.complete(null);
        byHand.runAll();
        assertThat(waiting.isUnacknowledged()).isFalse();
        assertThat(stuck(System.nanoTime())).isEmpty();
        assertThat(tracker.frontier()).isEqualTo(2);
    }

    @Test
    void whenARetryRuns_thenItIsToldSinceItsStartWithTheFailuresBefore() {
        List<Stuck<String>> seen = new ArrayList<>();
        TestEngine looking = new TestEngine((record, run) -> {
            if (run.attempt() == 1) {
                throw failure;
            }
            ((Entry<String>) run).tracker.forEachStuck(System.nanoTime(), seen::add);
        }).threads(byHand).timer(timer);
        looking.submit(looking.track(), 0, "a", "r");
        byHand.runAll();
        long before = System.nanoTime();
        timer.endOne();
        byHand.runAll();

        assertThat(seen).singleElement().satisfies(stuck -> {
            assertThat(stuck.since()).isGreaterThanOrEqualTo(before);
            assertThat(stuck.failures()).isEqualTo(1);
            assertThat(stuck.cause()).isSameAs(failure);
            assertThat(stuck.verdict()).isNull();
        });
    }

    private void run(String key, String... records) {
        for (int i = 0; i < records.length; i++) {
            engine.submit(tracker, i, key, records[i]);
        }
        byHand.runAll();
    }

    private Stuck<String> only() {
        List<Stuck<String>> stuck = stuck(System.nanoTime());
        assertThat(stuck).hasSize(1);
        return stuck.getFirst();
    }

    private List<Stuck<String>> stuck(long startedBefore) {
        List<Stuck<String>> stuck = new ArrayList<>();
        tracker.forEachStuck(startedBefore, stuck::add);
        return stuck;
    }
}
