package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two partitions are consumed as a source would, with assignments that are revoked, abandoned and begun anew from the
 * committed offset at random moments, with waits that are ended before their time, and with a lease that ends and is
 * renewed. Records fail, are postponed, or wait for stages that other threads complete. The seed is printed; {@code -Dseed=…}
 * repeats the input of a run.
 */
class EngineStressTest {

    private static final int RECORDS = 20_000;
    /** Where each record waits for the one before it. */
    private static final int RECORDS_OF_ONE_KEY = 3_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Semaphore wakes = new Semaphore(0);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledExecutorService completers = Executors.newScheduledThreadPool(2);
    private final RetryPolicy retry = new RetryPolicy(Duration.ofNanos(100_000), Duration.ofMillis(1), 0.5);
    private final Lease lease = Lease.unlimited();
    private final List<StressLog> logs = new ArrayList<>();
    private final KeyedDispatcher<StressLog.Delivery> dispatcher = new KeyedDispatcher<>(
            new DispatcherSettings("stress", Ordering.KEY, 8, 256, 1 << 20), this::judge, StressLog::handle,
            Thread::startVirtualThread, timer, wakes::release, new FailOnTrouble<>(), lease);

    private Verdict judge(StressLog.Delivery delivery, int attempt, Throwable failure) {
        return failure instanceof StressLog.Postponed ? new Verdict.Postpone(retry.initialDelay())
                : retry.judge(delivery, attempt, failure);
    }

    @ParameterizedTest
    @EnumSource
    void whenAssignmentsComeAndGo_thenOrderHoldsAndNothingIsLost(StressLog.Keys keys) {
        System.out.printf("%s %s: -Dseed=%d%n", getClass().getSimpleName(), keys, seed);
        List<Consumption> consumptions = new ArrayList<>();
        for (String partition : List.of("p0", "p1")) {
            int records = keys == StressLog.Keys.ONE ? RECORDS_OF_ONE_KEY : RECORDS;
            logs.add(new StressLog(partition, keys, records, random, completers));
        }
        logs.forEach(log -> consumptions.add(new Consumption(log)));
        while (!consumptions.stream().allMatch(Consumption::isComplete)) {
            consumptions.forEach(Consumption::turn);
            awaitRoom();
            if (random.nextInt(100) == 0) {
                loseTheLease();
            }
        }
        Awaitility.await().atMost(Gates.PATIENCE).until(() -> dispatcher.heldBytes() == 0 && dispatcher.running() == 0);
        timer.shutdown();
        completers.shutdown();

        assertThat(dispatcher.held()).isZero();
        assertThat(logs).allSatisfy(log -> assertThat(log.violations).as("seed %d", seed).isEmpty());
    }

    /** What runs may end, delays and stages may too, but nothing starts. */
    private void loseTheLease() {
        lease.end();
        long deadline = System.nanoTime() + Gates.PATIENCE.toNanos();
        while (dispatcher.running() > 0) {
            assertThat(System.nanoTime() - deadline).as("workers leave, seed %d", seed).isNegative();
            Thread.yield();
        }
        int starts = starts();
        for (int i = random.nextInt(50); i > 0; i--) {
            dispatcher.flush();
            Thread.yield();
        }
        assertThat(starts()).as("started without a lease, seed %d", seed).isEqualTo(starts);
        lease.renewUntil(System.nanoTime() + Duration.ofHours(1).toNanos());
        dispatcher.housekeep();
    }

    private int starts() {
        return logs.stream().mapToInt(StressLog::starts).sum();
    }

    private void awaitRoom() {
        dispatcher.flush();
        while (!dispatcher.hasRoom()) {
            try {
                assertThat(wakes.tryAcquire(10, TimeUnit.SECONDS)).as("woken, seed %d", seed).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        dispatcher.housekeep();
    }

    /** What a source does with one partition. */
    private final class Consumption {

        private final StressLog log;
        private int committed;
        private int committedAtAssignment;
        private int position;
        private AtomicIntegerArray doneInAssignment;
        private CompletionTracker<StressLog.Delivery> tracker;

        Consumption(StressLog log) {
            this.log = log;
            assign();
        }

        boolean isComplete() {
            commit();
            return committed == log.size;
        }

        void turn() {
            for (int i = random.nextInt(100); i > 0 && position < log.size && !tracker.atSpan(); i--, position++) {
                dispatcher.submit(tracker, position, log.key(position), 10,
                        new StressLog.Delivery(log, position, committedAtAssignment, doneInAssignment));
            }
            for (int i = random.nextInt(8); i > 4; i--) {
                tracker.forEachStuck(System.nanoTime(), tracker::runNow);
            }
            if (position == log.size && random.nextInt(4) > 0) {
                dispatcher.flush();
                Thread.yield();
            } else if (random.nextInt(40) == 0) {
                rebalance();
            }
            commit();
        }

        private void assign() {
            committedAtAssignment = committed;
            position = committed;
            doneInAssignment = new AtomicIntegerArray(log.size);
            tracker = dispatcher.track(log.name(), 1000);
        }

        private void rebalance() {
            switch (random.nextInt(4)) {
                case 0 -> tracker.abandon();
                case 1 -> {
                    tracker.revoke();
                    if (!Drain.await(List.of(tracker), Duration.ofNanos(50_000))) {
                        tracker.abandon();
                    }
                }
                case 2 -> {
                    tracker.revoke();
                    assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).as("drained, seed %d", seed).isTrue();
                }
                // What still runs of the old assignment is waited for in its lanes.
                default -> tracker.revoke();
            }
            commit();
            assign();
        }

        private void commit() {
            long frontier = tracker.frontier();
            for (; committed < frontier; committed++) {
                assertThat(log.isDone(committed)).as("%s: frontier %d passed %d, seed %d", log.name(), frontier,
                        committed, seed).isTrue();
            }
            assertThat(log.violations).as("seed %d", seed).isEmpty();
        }
    }
}
