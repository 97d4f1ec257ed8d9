package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.util.function.Consumer;

/** The end of the intake, in the background. */
final class IntakeDrain {

    private final Thread thread;
    private volatile Duration left;

    private IntakeDrain(Duration deadline, Consumer<Duration> close) {
        left = deadline;
        thread = Thread.ofPlatform().name("eventlane-drain").unstarted(() -> run(close));
    }

    /**
     * @param close ends the intake within the deadline, and returns when that is done
     */
    static IntakeDrain begin(Duration deadline, Consumer<Duration> close) {
        IntakeDrain drain = new IntakeDrain(deadline, close);
        drain.thread.start();
        return drain;
    }

    private void run(Consumer<Duration> close) {
        long start = System.nanoTime();
        Duration deadline = left;
        try {
            close.accept(deadline);
        } finally {
            Duration unused = deadline.minusNanos(System.nanoTime() - start);
            left = unused.isNegative() ? Duration.ZERO : unused;
        }
    }

    /** Waits for the end, and returns what is left of the deadline. */
    Duration await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Duration.ZERO;
        }
        return left;
    }
}
