package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * No handler starts while the lease is not held; what runs goes on; what waited starts once it is renewed.
 * A worker that came again and again would keep a test from ending.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeaseTest {

    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final ByHand byHand = new ByHand();
    private final TimerByHand timer = new TimerByHand();
    private final List<String> runs = new ArrayList<>();
    private final Lease lease = Lease.ended();
    private final CompletableFuture<Void> stage = new CompletableFuture<>();
    private final TestEngine engine = new TestEngine(this::handle).threads(byHand).timer(timer).lease(lease);
    private final CompletionTracker<String> tracker = engine.track();
    private long offset;

    private void handle(String record, Run run) {
        runs.add(record + "/" + run.attempt());
        switch (record) {
            case "ends it" -> lease.end();
            case "fails at first" -> {
                if (run.attempt() == 1) {
                    throw new IllegalStateException("no");
                }
            }
            case "waits" -> run.doneWhen(stage);
            default -> {
                // done
            }
        }
    }

    @Test
    void whenItWasNeverRenewed_thenNothingStartsUntilItIs() {
        submit("a", "0", "1");
        submit("b", "2");
        assertThat(runs).isEmpty();
        assertThat(byHand.waiting()).isZero();

        renew();
        assertThat(runs).containsExactly("0/1", "1/1", "2/1");
    }

    @Test
    void whenItEndsBetweenTwoRecordsOfAKey_thenTheSecondStartsOnceItIsRenewed() {
        renew();
        submit("a", "ends it", "1", "2");
        submit("b", "3");
        assertThat(runs).containsExactly("ends it/1");
        assertThat(tracker.frontier()).isEqualTo(1);
        assertNobodyComes();

        renew();
        assertThat(runs).containsExactly("ends it/1", "1/1", "2/1", "3/1");
        assertThat(tracker.frontier()).isEqualTo(4);
        assertThat(engine.dispatcher().held()).isZero();
    }

    @Test
    void whenItEndsByItself_thenNothingStarts() {
        lease.renewUntil(System.nanoTime() + 1);
        submit("a", "0");
        assertThat(runs).isEmpty();

        renew();
        assertThat(runs).containsExactly("0/1");
    }

    @Test
    void whenItIsRenewed_thenTheNextBatchIsEnough() {
        submit("a", "0");
        lease.renewUntil(System.nanoTime() + HOUR);
        submit("b", "1");

        assertThat(runs).containsExactly("0/1", "1/1");
    }

    @Test
    void whenADelayEndsWithoutIt_thenTheRecordRunsOnceItIsRenewed() {
        renew();
        submit("a", "fails at first", "1");
        lease.end();
        assertThat(timer.endOne()).isTrue();
        assertThat(byHand.waiting()).isZero();
        assertNobodyComes();

        renew();
        assertThat(runs).containsExactly("fails at first/1", "fails at first/2", "1/1");
    }

    @Test
    void whenAStageCompletesWithoutIt_thenTheRecordIsDoneAndThoseBehindItWait() {
        renew();
        submit("a", "waits", "1");
        lease.end();
        stage.complete(null);
        assertThat(tracker.frontier()).isEqualTo(1);
        assertNobodyComes();

        renew();
        assertThat(runs).containsExactly("waits/1", "1/1");
        assertThat(tracker.frontier()).isEqualTo(2);
    }

    @Test
    void whenAWorkerComesTooLate_thenItPutsTheKeyBack() {
        renew();
        engine.submit(tracker, 0, "a", "0");
        assertThat(byHand.waiting()).isEqualTo(1);
        lease.end();
        byHand.runAll();
        assertThat(runs).isEmpty();
        assertThat(engine.dispatcher().running()).isZero();

        renew();
        assertThat(runs).containsExactly("0/1");
    }

    @Test
    void whenAbandonedWithoutIt_thenEverythingIsDroppedAndTheNextAssignmentRuns() {
        renew();
        submit("a", "ends it", "1");
        tracker.abandon();
        assertThat(tracker.isDrained()).isTrue();
        CompletionTracker<String> next = engine.track();
        engine.submit(next, 1, "a", "again");
        byHand.runAll();
        assertThat(runs).containsExactly("ends it/1");

        renew();
        assertThat(runs).containsExactly("ends it/1", "again/1");
        assertThat(next.frontier()).isEqualTo(2);
        assertThat(engine.dispatcher().heldBytes()).isZero();
    }

    @Test
    void whenItEndsWhileHandlersRun_thenTheyGoOnAndAreDone() {
        Gates gates = new Gates();
        Lease held = Lease.unlimited();
        try (TestEngine other = new TestEngine(gates).lease(held)) {
            CompletionTracker<String> its = other.track();
            other.submit(its, 0, "a", "0");
            other.submit(its, 1, "a", "1");
            gates.awaitStarted("0");
            held.end();
            gates.open("0", "1");

            Awaitility.await().atMost(Gates.PATIENCE).until(() -> other.dispatcher().running() == 0);
            assertThat(its.frontier()).isEqualTo(1);
            assertThat(gates.started).containsExactly("0");

            held.renewUntil(System.nanoTime() + HOUR);
            other.dispatcher().housekeep();
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> its.frontier() == 2);
        }
    }

    @Test
    void whenItIsRenewedForLess_thenItIsNotShortened() {
        long now = System.nanoTime();
        lease.renewUntil(now + HOUR);
        lease.renewUntil(now + 1);

        assertThat(lease.until()).isEqualTo(now + HOUR);
        assertThat(lease.isHeld(now + HOUR - 1)).isTrue();
        assertThat(lease.isHeld(now + HOUR)).isFalse();
        assertThat(Lease.unlimited().isHeld(now + 1000 * HOUR)).isTrue();
    }

    private void submit(String key, String... records) {
        for (String record : records) {
            engine.submit(tracker, offset++, key, record);
        }
        byHand.runAll();
    }

    private void renew() {
        lease.renewUntil(System.nanoTime() + HOUR);
        engine.dispatcher().housekeep();
        byHand.runAll();
    }

    private void assertNobodyComes() {
        int before = runs.size();
        engine.dispatcher().flush();
        engine.dispatcher().housekeep();
        assertThat(byHand.waiting()).isZero();
        assertThat(engine.dispatcher().running()).isZero();
        assertThat(runs).hasSize(before);
    }
}
