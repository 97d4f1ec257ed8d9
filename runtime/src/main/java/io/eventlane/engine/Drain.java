package io.eventlane.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;

/** Waits for assignments that are being taken back. */
public final class Drain {

    private Drain() {
    }

    /**
     * As the other, with nothing to do meanwhile.
     */
    public static boolean await(Collection<? extends CompletionTracker<?>> trackers, Duration deadline) {
        return await(trackers, deadline, deadline, () -> {
        });
    }

    /**
     * Waits on the source's thread until every tracker {@linkplain CompletionTracker#isDrained() is drained}. It is
     * woken by the records that end; an interrupt does not end it, and is kept.
     *
     * @param meanwhile called on the source's thread every {@code interval}, such as to keep what the source holds
     * @return {@code false} when the deadline passed first
     */
    public static boolean await(Collection<? extends CompletionTracker<?>> trackers, Duration deadline, Duration interval,
            Runnable meanwhile) {
        long end = System.nanoTime() + deadline.toNanos();
        Thread self = Thread.currentThread();
        boolean interrupted = false;
        long next = System.nanoTime() + interval.toNanos();
        trackers.forEach(tracker -> tracker.wakeOnSettled(self));
        try {
            while (!allDrained(trackers)) {
                long now = System.nanoTime();
                if (now - end >= 0) {
                    return false;
                }
                if (now - next >= 0) {
                    meanwhile.run();
                    next = System.nanoTime() + interval.toNanos();
                }
                LockSupport.parkNanos(trackers, Math.min(end, next) - System.nanoTime());
                interrupted |= Thread.interrupted();
            }
            return true;
        } finally {
            trackers.forEach(tracker -> tracker.wakeOnSettled(null));
            if (interrupted) {
                self.interrupt();
            }
        }
    }

    private static boolean allDrained(Collection<? extends CompletionTracker<?>> trackers) {
        for (CompletionTracker<?> tracker : trackers) {
            if (!tracker.isDrained()) {
                return false;
            }
        }
        return true;
    }
}
