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
 * committed offset at random moments. The seed is printed; {@code -Dseed=…} repeats the input of a run.
 */
class EngineStressTest {

    private static final int RECORDS = 20_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Semaphore wakes = new Semaphore(0);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final KeyedDispatcher<StressLog.Delivery> dispatcher = new KeyedDispatcher<>(
            new DispatcherSettings("stress", Ordering.KEY, 8, 256, 1 << 20),
            new RetryPolicy(Duration.ofNanos(100_000), Duration.ofMillis(1), 0.5), StressLog::handle,
            Thread::startVirtualThread, timer, wakes::release, new FailOnTrouble<>());

    @ParameterizedTest
    @EnumSource
    void whenAssignmentsComeAndGo_thenOrderHoldsAndNothingIsLost(StressLog.Keys keys) {
        System.out.printf("%s %s: -Dseed=%d%n", getClass().getSimpleName(), keys, seed);
        List<Consumption> consumptions = new ArrayList<>();
        for (String partition : List.of("p0", "p1")) {
            consumptions.add(new Consumption(new StressLog(partition, keys, RECORDS, random)));
        }
        while (!consumptions.stream().allMatch(Consumption::isComplete)) {
            consumptions.forEach(Consumption::turn);
            awaitRoom();
        }
        Awaitility.await().atMost(Gates.PATIENCE).until(() -> dispatcher.running() == 0);
        timer.shutdown();

        assertThat(dispatcher.held()).isZero();
        assertThat(dispatcher.heldBytes()).isZero();
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
            if (random.nextInt(3) > 0) {
                tracker.revoke();
                boolean patient = random.nextBoolean();
                boolean drained = Drain.await(List.of(tracker), patient ? Gates.PATIENCE : Duration.ofNanos(50_000));
                assertThat(drained || !patient).as("drained, seed %d", seed).isTrue();
                if (!drained) {
                    tracker.abandon();
                }
            } else {
                tracker.abandon();
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
