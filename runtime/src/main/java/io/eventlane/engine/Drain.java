package io.eventlane.engine;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;

/** Waits for assignments that are being taken back. */
public final class Drain {

    private Drain() {
    }

    /**
     * Waits on the source's thread until every tracker {@linkplain CompletionTracker#isDrained() is drained}. It is
     * woken by the records that end; an interrupt does not end it, and is kept.
     *
     * @return {@code false} when the deadline passed first
     */
    public static boolean await(Collection<? extends CompletionTracker<?>> trackers, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        Thread self = Thread.currentThread();
        boolean interrupted = false;
        trackers.forEach(tracker -> tracker.wakeOnSettled(self));
        try {
            while (!allDrained(trackers)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(trackers, left);
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
