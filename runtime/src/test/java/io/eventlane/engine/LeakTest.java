package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** A dispatcher that was drained leaves nothing: no thread, no task of the timer, no object. */
class LeakTest {

    private final AtomicInteger threads = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    @Test
    void whenOpenedAndClosedAHundredTimes_thenThreadsAndHeapAreBackWhereTheyWere() {
        timer.setRemoveOnCancelPolicy(true);
        timer.prestartAllCoreThreads();
        List<WeakReference<KeyedDispatcher<byte[]>>> dispatchers = new ArrayList<>();
        useOnce();
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        long heap = usedHeap();

        for (int i = 0; i < 100; i++) {
            dispatchers.add(new WeakReference<>(useOnce()));
        }

        assertThat(timer.getQueue()).isEmpty();
        soon().untilAsserted(() -> {
            assertThat(threads).hasValue(0);
            assertThat(newThreads(before)).isEmpty();
            assertThat(usedHeap() - heap).as("bytes left behind").isLessThan(2 << 20);
            assertThat(dispatchers).allMatch(dispatcher -> dispatcher.get() == null);
        });
        timer.shutdownNow();
    }

    /** Half of the records are done, one key fails for ever, and the assignment is taken back in the middle. */
    private KeyedDispatcher<byte[]> useOnce() {
        RecordHandler<byte[]> handler = (record, run) -> {
            if (record.length == 0) {
                throw new IllegalStateException("for ever");
            }
            Thread.yield();
        };
        KeyedDispatcher<byte[]> dispatcher = new KeyedDispatcher<>(
                new DispatcherSettings("leak", Ordering.KEY, 32, 10_000, 1 << 30),
                new RetryPolicy(Duration.ofMillis(1), Duration.ofHours(1), 0), handler, this::start, timer, () -> {
                }, new FailOnTrouble<>());
        CompletionTracker<byte[]> tracker = dispatcher.track("leak-0", 10_000);
        for (int i = 0; i < 1_000; i++) {
            byte[] key = { (byte) i };
            dispatcher.submit(tracker, i, key, 1_000, new byte[i % 250 == 0 ? 0 : 1_000]);
        }
        dispatcher.flush();
        tracker.revoke();
        assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
        soon().until(() -> dispatcher.running() == 0);
        assertThat(dispatcher.heldBytes()).isZero();
        return dispatcher;
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Gates.PATIENCE).pollInSameThread().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1));
    }

    /** But for the carriers of virtual threads, which are the JVM's. */
    private static Set<Thread> newThreads(Set<Thread> before) {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeAll(before);
        threads.removeIf(thread -> thread.getThreadGroup() != null
                && thread.getThreadGroup().getName().equals("CarrierThreads"));
        return threads;
    }

    private void start(Runnable worker) {
        threads.incrementAndGet();
        Thread.startVirtualThread(() -> {
            try {
                worker.run();
            } finally {
                threads.decrementAndGet();
            }
        });
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
