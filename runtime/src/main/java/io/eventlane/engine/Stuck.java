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
    private final @Nullable Wait<R> wait;
    private final Entry.@Nullable Failure failure;
    private final long since;

    private Stuck(Entry<R> entry, R record, @Nullable Wait<R> wait, long since) {
        this.entry = entry;
        this.record = record;
        this.wait = wait;
        this.failure = entry.failure();
        this.since = since;
    }

    static <R> @Nullable Stuck<R> of(Entry<R> entry, long startedBefore) {
        R record = entry.peek();
        if (record == null) {
            return null;
        }
        if (entry.isWaiting()) {
            Wait<R> wait = entry.lane.waiting();
            Entry.Failure failure = entry.failure();
            return wait == null || failure == null || wait.entry != entry ? null
                    : new Stuck<>(entry, record, wait, failure.since());
        }
        long startedAt = entry.startedAt();
        return entry.isStarted() && startedAt - startedBefore <= 0 ? new Stuck<>(entry, record, null, startedAt) : null;
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
        if (wait != null) {
            wait.endNow();
        }
    }
}
