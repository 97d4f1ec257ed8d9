package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A channel that is flooded with cheap records keeps neither another channel nor the application's own virtual
 * threads from their carriers. All of them share the scheduler of the JVM.
 */
class FairnessTest {

    private static final Duration DURATION = Duration.ofSeconds(3);
    private static final Duration BOUND = Duration.ofMillis(250);

    /** A machine that is busy with other things only ever makes a round worse, so one good one is enough. */
    private static final int ROUNDS = 3;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong flooded = new AtomicLong();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    /** Cheap handlers that leave the queue empty now and then, and ones that keep every carrier busy. */
    @ParameterizedTest
    @ValueSource(longs = { 0, 20_000 })
    void whenOneChannelIsFlooded_thenOthersStillStartInTime(long busyNanos) throws Exception {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS && best >= BOUND.toNanos(); i++) {
            best = Math.min(best, worstP99(busyNanos));
        }

        assertThat(best).isLessThan(BOUND.toNanos());
    }

    private long worstP99(long busyNanos) throws InterruptedException {
        ConcurrentLinkedQueue<Long> channel = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Long> requests = new ConcurrentLinkedQueue<>();
        stopped.set(false);
        flooded.set(0);
        Thread flood = Thread.ofPlatform().start(() -> flood(busyNanos));
        Thread other = Thread.ofPlatform().start(() -> parkFor5Millis(channel));
        Thread rest = Thread.ofPlatform().start(() -> request(requests));
        rest.join(DURATION);
        stopped.set(true);
        flood.join();
        other.join();
        rest.join();

        System.out.printf("%s: %,d records of %d ns; p99 until start: channel %.1f ms of %d, requests %.1f ms of %d%n",
                getClass().getSimpleName(), flooded.get(), busyNanos, p99(channel) / 1e6, channel.size(), p99(requests) / 1e6,
                requests.size());
        assertThat(flooded.get()).isGreaterThan(10_000);
        boolean enough = channel.size() > 100 && requests.size() > 100;
        return enough ? Math.max(p99(channel), p99(requests)) : Long.MAX_VALUE;
    }

    private void flood(long busyNanos) {
        KeyedDispatcher<Long> dispatcher = dispatcher((submitted, run) -> {
            flooded.getAndIncrement();
            compute(busyNanos);
        });
        CompletionTracker<Long> tracker = dispatcher.track("flood-0", 10_000);
        for (int i = 0; !stopped.get(); i++) {
            if (i % 100 == 0) {
                dispatcher.flush();
                while (!dispatcher.hasRoom() || tracker.atSpan()) {
                    LockSupport.parkNanos(50_000);
                }
            }
            dispatcher.submit(tracker, i, key(i * 31 % 5_000), 1, 0L);
        }
    }

    private void parkFor5Millis(ConcurrentLinkedQueue<Long> latencies) {
        KeyedDispatcher<Long> dispatcher = dispatcher((submitted, run) -> {
            latencies.add(System.nanoTime() - submitted);
            LockSupport.parkNanos(5_000_000);
        });
        CompletionTracker<Long> tracker = dispatcher.track("other-0", 10_000);
        for (int i = 0; !stopped.get(); i++) {
            dispatcher.submit(tracker, i, key(i), 1, System.nanoTime());
            dispatcher.flush();
            tracker.frontier();
            LockSupport.parkNanos(2_000_000);
        }
    }

    private void request(ConcurrentLinkedQueue<Long> latencies) {
        while (!stopped.get()) {
            long asked = System.nanoTime();
            Thread.startVirtualThread(() -> latencies.add(System.nanoTime() - asked));
            LockSupport.parkNanos(2_000_000);
        }
    }

    private KeyedDispatcher<Long> dispatcher(RecordHandler<Long> handler) {
        return new KeyedDispatcher<>(new DispatcherSettings("flood", Ordering.KEY, 1024, 4096, 1 << 20),
                new RetryPolicy(DURATION, DURATION, 0), handler, Thread::startVirtualThread, timer, () -> {
                }, new FailOnTrouble<>());
    }

    private static void compute(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static byte[] key(int n) {
        return ByteBuffer.allocate(4).putInt(n).array();
    }

    private static long p99(ConcurrentLinkedQueue<Long> latencies) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Long.MAX_VALUE : sorted[(int) (sorted.length * 0.99)];
    }
}
