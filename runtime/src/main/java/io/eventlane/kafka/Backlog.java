package io.eventlane.kafka;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventlane.kafka.Sending.Handed;

/**
 * The records that the producer could not take at once, because it does not know the topic yet or its memory is full.
 * They are offered again in their order, by a task on the timer that exists only while there are any. Whoever sends
 * while the backlog is not empty joins it, so that nothing overtakes; it is bounded by the permits for records in
 * flight, which its records hold.
 */
final class Backlog {

    private static final long OFFER_EVERY_MS = 10;

    /** What becomes of the records. */
    interface Exit {

        Handed hand(Sending sending);

        /** The record has waited as long as it may. */
        void expired(Sending sending);
    }

    private record Waiting(Sending sending, long deadline) {
    }

    private final Exit exit;
    private final ScheduledExecutorService timer;
    private final long maxWaitNanos;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean offering = new AtomicBoolean();
    private volatile boolean closed;

    Backlog(Exit exit, ScheduledExecutorService timer, Duration maxWait) {
        this.exit = exit;
        this.timer = timer;
        this.maxWaitNanos = maxWait.toNanos();
    }

    boolean isEmpty() {
        return size.get() == 0;
    }

    void add(Sending sending) {
        size.incrementAndGet();
        queue.add(new Waiting(sending, System.nanoTime() + maxWaitNanos));
        schedule();
    }

    /** Gives up on all that waits, and on all that comes. */
    void close() {
        closed = true;
        offer();
    }

    private void schedule() {
        if (!scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            timer.schedule(this::offerOnTimer, OFFER_EVERY_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            close();
        }
    }

    private void offerOnTimer() {
        scheduled.set(false);
        offer();
        if (!queue.isEmpty()) {
            schedule();
        }
    }

    /** By one thread at a time; one that finds another at it leaves the work to that one. */
    private void offer() {
        do {
            if (!offering.compareAndSet(false, true)) {
                return;
            }
            try {
                offerInOrder();
            } finally {
                offering.set(false);
            }
        } while (closed && !queue.isEmpty());
    }

    private void offerInOrder() {
        for (Waiting head = queue.peek(); head != null; head = queue.peek()) {
            if (closed || exit.hand(head.sending()) == Handed.NOT_YET) {
                if (!closed && System.nanoTime() - head.deadline() < 0) {
                    return;
                }
                exit.expired(head.sending());
            }
            // Only now may others go past: the record is with the producer, or has failed.
            queue.remove();
            size.decrementAndGet();
        }
    }
}
