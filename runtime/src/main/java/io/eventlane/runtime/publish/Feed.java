package io.eventlane.runtime.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A queue with one thread that takes from it in batches, in order. Adding takes no lock and never waits; the thread
 * starts with the first element.
 */
final class Feed<T> {

    private static final int BATCH = 512;

    private final Consumer<List<T>> consumer;
    private final Thread thread;

    private final Queue<T> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean idle;
    private volatile boolean closing;
    private volatile boolean ended;

    /**
     * @param consumer is given one or more elements; it must not throw
     */
    Feed(String threadName, Consumer<List<T>> consumer) {
        this.consumer = consumer;
        this.thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
    }

    void add(T element) {
        queue.add(element);
        if (!started.get() && started.compareAndSet(false, true)) {
            thread.start();
        } else if (idle) {
            LockSupport.unpark(thread);
        }
        // An element that arrives after the thread's last look is consumed by whoever brought it.
        if (ended) {
            consumeAll();
        }
    }

    boolean isOwnThread() {
        return thread.equals(Thread.currentThread());
    }

    int size() {
        return queue.size();
    }

    /**
     * Consumes what is queued, then ends the thread.
     *
     * @return whether that was done in time
     */
    boolean close(Duration deadline) {
        closing = true;
        if (started.compareAndSet(false, true)) {
            ended = true;
        }
        LockSupport.unpark(thread);
        return ended || isOwnThread() || joined(deadline);
    }

    private boolean joined(Duration deadline) {
        try {
            return thread.join(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void run() {
        while (!(closing && queue.isEmpty())) {
            consumeAll();
            awaitElements();
        }
        ended = true;
        consumeAll();
    }

    private void awaitElements() {
        idle = true;
        if (queue.isEmpty() && !closing) {
            LockSupport.park(this);
        }
        idle = false;
    }

    private void consumeAll() {
        for (List<T> batch = take(); !batch.isEmpty(); batch = take()) {
            consumer.accept(batch);
        }
    }

    private List<T> take() {
        List<T> batch = new ArrayList<>();
        while (batch.size() < BATCH) {
            T element = queue.poll();
            if (element == null) {
                break;
            }
            batch.add(element);
        }
        return batch;
    }
}
