package io.eventlane.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

import org.junit.jupiter.api.Test;

/** The scan that keeps locks off the hot path finds each of them. */
class LockScanTest {

    private final LockScan scan = new LockScan(getClass().getClassLoader());

    @Test
    void whenAMethodIsSynchronized_thenItIsFound() {
        assertFinds(SynchronizedMethod.class, "run", "is synchronized");
    }

    static class SynchronizedMethod {
        synchronized void run() {
        }
    }

    @Test
    void whenABlockIsSynchronized_thenItIsFound() {
        assertFinds(SynchronizedBlock.class, "run", "enters a monitor");
    }

    static class SynchronizedBlock {
        final Object lock = new Object();

        int run() {
            synchronized (lock) {
                return 1;
            }
        }
    }

    @Test
    void whenALambdaTakesALock_thenTheMethodAroundItIsNamed() {
        assertFinds(LockInLambda.class, "run", "calls java.util.concurrent.locks.ReentrantLock.lock");
    }

    static class LockInLambda {
        Runnable run(ReentrantLock lock) {
            return () -> lock.lock();
        }
    }

    @Test
    void whenAMethodWaitsOnAMonitor_thenItIsFound() {
        assertFinds(MonitorWait.class, "run", "calls java.lang.Object.wait");
    }

    static class MonitorWait {
        void run() throws InterruptedException {
            wait();
        }
    }

    @Test
    void whenABlockingQueueIsUsed_thenItIsFound() {
        assertFinds(QueueUse.class, "interfaceType", "calls java.util.concurrent.BlockingQueue.poll");
        assertFinds(QueueUse.class, "classType", "calls java.util.concurrent.ArrayBlockingQueue.offer");
    }

    static class QueueUse {
        Object interfaceType(BlockingQueue<Object> queue) {
            return queue.poll();
        }

        boolean classType(ArrayBlockingQueue<Object> queue) {
            return queue.offer("");
        }
    }

    @Test
    void whenAMapComputesUnderALock_thenItIsFoundAlsoAsAMethodReference() {
        assertFinds(MapUse.class, "call", "calls java.util.concurrent.ConcurrentHashMap.merge");
        assertFinds(MapUse.class, "reference", "calls java.util.concurrent.ConcurrentHashMap.computeIfPresent");
    }

    static class MapUse {
        void call(ConcurrentHashMap<String, Integer> map) {
            map.merge("", 1, Integer::sum);
        }

        BiFunction<String, BiFunction<String, Integer, Integer>, Integer> reference(ConcurrentHashMap<String, Integer> map) {
            return map::computeIfPresent;
        }
    }

    @Test
    void whenACalledMethodIsSynchronized_thenItIsFound() {
        assertFinds(SynchronizedCall.class, "run", "calls java.lang.StringBuffer.append");
    }

    static class SynchronizedCall {
        StringBuffer run(StringBuffer text) {
            return text.append('x');
        }
    }

    @Test
    void whenNothingLocks_thenNothingIsFound() {
        assertThat(scan.scan(LockFree.class.getName())).isEmpty();
    }

    static class LockFree {
        final AtomicReference<String> value = new AtomicReference<>();

        String run(ConcurrentHashMap<String, String> map, Map<String, Integer> own) {
            own.merge("", 1, Integer::sum);
            LockSupport.parkNanos(1);
            return map.get(value.getAndSet(new StringBuilder().append('x').toString()));
        }
    }

    @Test
    void whenTheClassDoesNotExist_thenTheScanFails() {
        assertThatIllegalArgumentException().isThrownBy(() -> scan.scan("io.eventlane.Gone"))
                .withMessageContaining("io.eventlane.Gone");
    }

    private void assertFinds(Class<?> type, String method, String what) {
        assertThat(scan.scan(type.getName())).contains(new LockScan.Finding(type.getName() + "#" + method, what));
    }
}
