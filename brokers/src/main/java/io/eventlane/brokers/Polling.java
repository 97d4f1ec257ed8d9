package io.eventlane.brokers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what nobody tells of. */
final class Polling {

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private Polling() {
    }

    /**
     * Returns when the condition holds, or the time is over.
     *
     * @return whether the condition held
     */
    static boolean until(BooleanSupplier condition, Duration timeout) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - started > timeout.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a broker started", e);
        }
    }
}
