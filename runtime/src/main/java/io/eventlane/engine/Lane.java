package io.eventlane.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The records of one key, in order, of which at most one runs.
 * <p>
 * They form a chain. The source's thread alone appends, so the tail needs no synchronization; the one point where it
 * meets the worker is the {@code next} of the last record: the source sets it from null to the new record, the worker
 * that finds no successor sets it from null to "end". One of them wins. If the source does, the worker goes on with
 * the new record; if the worker does, the lane has gone idle and the source makes the new record its head and hands
 * the lane over afresh. So a lane has exactly one holder whenever it has work, and what a holder writes happens
 * before what the next one reads.
 */
final class Lane<R> {

    private static final VarHandle WAITING;

    static {
        try {
            WAITING = MethodHandles.lookup().findVarHandle(Lane.class, "waiting", Wait.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Identity; a lane for a record without a key has none

    private final int log;
    private final byte @Nullable [] key;
    final int hash;

    // Owned by the source's thread

    private @Nullable Entry<R> tail;

    // Owned by the lane's holder

    private @Nullable Entry<R> head;
    /** The assignment of which a record was dropped: what follows of it in this lane is dropped too. */
    private @Nullable CompletionTracker<R> dropping;
    /** From the head to here nothing counts against the limit; {@code null} when that is not known. */
    private @Nullable Entry<R> uncountedTo;

    // Shared

    /** Set while the lane waits without a thread: whoever clears it becomes the holder. */
    private volatile @Nullable Wait<R> waiting;

    Lane(int log, byte @Nullable [] key, int hash) {
        this.log = log;
        this.key = key;
        this.hash = hash;
    }

    boolean is(int otherLog, byte[] otherKey) {
        return log == otherLog && Arrays.equals(key, otherKey);
    }

    // The source's thread

    /** Returns whether the lane was idle: then the caller holds it and must make it ready. */
    boolean append(Entry<R> entry) {
        Entry<R> last = tail;
        tail = entry;
        if (last != null && last.linkNext(entry)) {
            return false;
        }
        head = entry;
        return true;
    }

    boolean isIdle() {
        Entry<R> last = tail;
        return last == null || last.isEnd();
    }

    // The holder

    /**
     * Starts the first record that may still run; {@code null} when there is none: then the lane is no longer the
     * caller's.
     */
    @Nullable
    Entry<R> startNext(long now) {
        for (Entry<R> entry = head; entry != null; entry = advance(entry)) {
            if (entry.tracker == dropping && entry.drop()) {
                entry.tracker.settled(entry);
            }
            if (entry.start(now)) {
                dropping = null;
                return entry;
            }
            dropping = entry.tracker;
        }
        return null;
    }

    /**
     * Leaves the head behind; returns the new one, or {@code null} when the lane has gone idle and is no longer the
     * caller's.
     */
    @Nullable
    Entry<R> advance(Entry<R> finished) {
        if (uncountedTo == finished) {
            uncountedTo = null;
        }
        Entry<R> successor = finished.nextOrEnd();
        if (successor != null) {
            head = successor;
        }
        return successor;
    }

    /**
     * Announces the wait of the head, and stops counting what queues here. Once the head's state says so too, the lane
     * is given up until someone {@linkplain #resume resumes} it.
     */
    void waitFor(Wait<R> next, InFlightLimit limit) {
        waiting = next;
        Entry<R> last = uncountedTo;
        for (Entry<R> entry = last == null ? head : last; entry != null; entry = entry.next()) {
            if (entry.uncount()) {
                limit.remove(1, 0);
            }
            last = entry;
        }
        uncountedTo = last;
    }

    // Anyone

    @Nullable
    Wait<R> waiting() {
        return waiting;
    }

    /** Ends the wait, unless another has ended it; returns whether the caller is now the holder. */
    boolean resume(Wait<R> expected) {
        return WAITING.compareAndSet(this, expected, null);
    }

    byte @Nullable [] key() {
        return key;
    }
}
