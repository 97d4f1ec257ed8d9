package io.eventlane.jetstream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/** What other threads have for a source's thread to do, in the order in which they say it. Takes no lock. */
final class Mailbox {

    private final Queue<Runnable> mail = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread waiting;

    /** Any thread. */
    void post(Runnable work) {
        mail.add(work);
        wake();
    }

    /** Any thread: ends a wait. */
    void wake() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Runs what is there.
     *
     * @param most how much of it, at most
     * @return whether there was any
     */
    boolean run(int most) {
        for (int i = 0; i < most; i++) {
            Runnable work = mail.poll();
            if (work == null) {
                return i > 0;
            }
            work.run();
        }
        return true;
    }

    /** Waits until something is posted, or {@link #wake} is called, or the time is over. */
    void await(long nanos) {
        waiting = Thread.currentThread();
        if (mail.isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        waiting = null;
    }
}
