package io.eventlane.engine;

import org.jspecify.annotations.Nullable;

/**
 * A record that does not get on: it has failed and waits, or its handler was started long ago.
 *
 * @param <R> the record
 */
public final class Stuck<R> {

    private final Entry<R> entry;
    private final R record;
    private final @Nullable TimedWait<R> wait;
    private final Entry.@Nullable Failure failure;
    private final long since;

    private Stuck(Entry<R> entry, R record, @Nullable TimedWait<R> wait, Entry.@Nullable Failure failure, long since) {
        this.entry = entry;
        this.record = record;
        this.wait = wait;
        this.failure = failure;
        this.since = since;
    }

    static <R> @Nullable Stuck<R> of(Entry<R> entry, long startedBefore) {
        R record = entry.peek();
        // Read before the state: a wait is announced while the record still runs, and must not be ended then.
        Wait<R> wait = entry.lane.waiting();
        if (record == null) {
            return null;
        }
        if (entry.isWaiting()) {
            Entry.Failure failure = entry.failure();
            return wait instanceof TimedWait<R> timed && timed.entry == entry && failure != null
                    ? new Stuck<>(entry, record, timed, failure, failure.since())
                    : null;
        }
        if (entry.isStarted()) {
            // Read after the state, which it is written before.
            long startedAt = entry.startedAt();
            return startedAt - startedBefore <= 0 ? new Stuck<>(entry, record, null, entry.failure(), startedAt) : null;
        }
        return null;
    }

    public R record() {
        return record;
    }

    /** What was decided when it failed; {@code null} while its handler is running or its stage is not complete. */
    public @Nullable Verdict verdict() {
        return wait == null ? null : wait.verdict();
    }

    /** Since when it fails, or when its handler was started, as {@link System#nanoTime()}. */
    public long since() {
        return since;
    }

    /** Whether its handler has returned, so that only its acknowledgement is missing. */
    public boolean isUnacknowledged() {
        return entry.isPending();
    }

    /** How often it has failed. */
    public int failures() {
        return failure == null ? 0 : failure.attempts();
    }

    /** Why it failed the last time, or {@code null} if it never did. */
    public @Nullable Throwable cause() {
        return failure == null ? null : failure.cause();
    }

    void endWait() {
        if (wait != null && !(wait.verdict() instanceof Verdict.Halt)) {
            wait.endNow();
        }
    }
}
