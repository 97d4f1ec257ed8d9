package io.eventlane.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a failed record waits for its next attempt: the delay doubles with each failure up to a bound, and is
 * spread at random so that keys that failed together do not come back together. As a policy, it retries without end.
 *
 * @param initialDelay after the first failure, greater than 0
 * @param maxDelay the bound, at least {@code initialDelay}
 * @param jitter how much of a delay is random, from 0 (none) to 1: a delay {@code d} becomes one of
 *        {@code [d * (1 - jitter), d]}
 */
public record RetryPolicy(Duration initialDelay, Duration maxDelay, double jitter) implements FailurePolicy<Object> {

    private static final int MAX_DOUBLINGS = 30;

    public RetryPolicy {
        if (!initialDelay.isPositive()) {
            throw new IllegalArgumentException("initialDelay must be > 0, but is " + initialDelay);
        }
        if (maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException(
                    "maxDelay must be >= initialDelay, but %s < %s".formatted(maxDelay, initialDelay));
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must be in 0..1, but is " + jitter);
        }
    }

    /**
     * @param failures how many attempts have failed so far, at least 1
     */
    public Duration delayAfter(int failures) {
        int doublings = Math.min(failures - 1, MAX_DOUBLINGS);
        return jittered(Math.min((double) initialDelay.toNanos() * (1L << doublings), maxDelay.toNanos()));
    }

    /** The bound, spread at random. */
    public Duration longestDelay() {
        return jittered(maxDelay.toNanos());
    }

    private Duration jittered(double nanos) {
        double random = jitter * ThreadLocalRandom.current().nextDouble();
        return Duration.ofNanos(Math.max(1, (long) (nanos * (1 - random))));
    }

    @Override
    public Verdict judge(Object record, int attempt, Throwable failure) {
        return new Verdict.Retry(delayAfter(attempt));
    }
}
