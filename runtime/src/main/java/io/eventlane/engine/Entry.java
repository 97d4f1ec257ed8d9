package io.eventlane.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One record on its way through the engine: a link in the chain of its {@link Lane} and a slot in the ring of its
 * {@link CompletionTracker}.
 * <p>
 * The state is where the source, which may take a record back, and the worker, which may start it, meet; whoever wins
 * the compare-and-set has it:
 *
 * <pre>
 *   QUEUED ──start──► RUNNING ──finish──► DONE
 *     │               │  ▲ ▲ │
 *     │            fail  │ │ pend
 *     │               ▼  │ │ ▼
 *     │         WAITING ─┘ └─ PENDING
 *     │             │            │
 *     └────drop─────┴────drop────┴────► DROPPED
 * </pre>
 *
 * {@code WAITING} is a record that has failed, {@code PENDING} one whose handler has returned and whose stage has not.
 * {@code INTERRUPTING} stands for {@code RUNNING} during the moment in which the source interrupts the handler's
 * thread, so that the interrupt can never hit the next record of that thread. A record that is done, where somebody is to
 * be told, is {@code TELLING} until that has happened.
 */
final class Entry<R> implements Run {

    private static final int QUEUED = 0;
    private static final int RUNNING = 1;
    private static final int INTERRUPTING = 2;
    private static final int WAITING = 3;
    private static final int PENDING = 4;
    private static final int TELLING = 5;
    private static final int DONE = 6;
    private static final int DROPPED = 7;

    private static final VarHandle STATE;
    private static final VarHandle NEXT;
    private static final VarHandle COUNTED;
    /** Stands as {@code next} of the last record of a lane that has gone idle. */
    private static final Entry<?> END;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Entry.class, "state", int.class);
            NEXT = lookup.findVarHandle(Entry.class, "next", Entry.class);
            COUNTED = lookup.findVarHandle(Entry.class, "counted", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
        END = end();
    }

    // Fixed once submitted

    final CompletionTracker<R> tracker;
    final long offset;
    final int bytes;
    final Lane<R> lane;

    // Owned by whoever holds the lane: the source until the record is in it, then one worker or timer after the other

    private @Nullable R record;
    private int attempt;
    /** The handler's thread; written before {@code RUNNING} is, read after {@code INTERRUPTING} is. */
    private @Nullable Thread runner;
    private @Nullable CompletionStage<?> stage;
    /** When the last run started, as {@link System#nanoTime()}; written before {@code RUNNING} is. */
    private long startedAt;
    /** Written before {@code WAITING} is. */
    private @Nullable Failure failure;

    // Shared

    /** Whether the record counts against the limit of held records: not while its key waits. */
    private boolean counted;

    private volatile int state;
    private volatile @Nullable Entry<R> next;

    Entry(CompletionTracker<R> tracker, Lane<R> lane, long offset, int bytes, R record) {
        this.tracker = tracker;
        this.lane = lane;
        this.offset = offset;
        this.bytes = bytes;
        this.record = record;
        this.counted = true;
    }

    @SuppressWarnings("NullAway")
    private static Entry<?> end() {
        return new Entry<>(null, null, -1, 0, null);
    }

    /** A record that was done before it came. */
    static <R> Entry<R> done(CompletionTracker<R> tracker, long offset) {
        @SuppressWarnings("NullAway") // nobody asks a record that is done what it is
        Entry<R> done = new Entry<>(tracker, new Lane<>(tracker.log, null, 0), offset, 0, null);
        done.state = DONE;
        return done;
    }

    // The chain

    /**
     * Called by the source's thread on the last record of a lane.
     *
     * @return {@code false} when the lane had gone idle before: nobody will come to look for the successor
     */
    boolean linkNext(Entry<R> successor) {
        return NEXT.compareAndSet(this, null, successor);
    }

    /**
     * Called by the lane's holder when it is done with this record.
     *
     * @return the successor, or {@code null} when there is none; then the lane is idle and no longer the caller's
     */
    @SuppressWarnings("unchecked")
    @Nullable
    Entry<R> nextOrEnd() {
        Entry<R> successor = next;
        if (successor == null && !NEXT.compareAndSet(this, null, END)) {
            successor = next;
        }
        return successor;
    }

    /** The successor as of now; for walking a chain that the caller holds. */
    @Nullable
    Entry<R> next() {
        return next;
    }

    boolean isEnd() {
        return next == END;
    }

    // The run

    /** Takes the record for a run of the handler; {@code false} when it was dropped before. */
    boolean start(long now) {
        runner = Thread.currentThread();
        startedAt = now;
        if (STATE.compareAndSet(this, QUEUED, RUNNING) || STATE.compareAndSet(this, WAITING, RUNNING)) {
            attempt++;
            return true;
        }
        return false;
    }

    void finish() {
        leaveRunning(DONE);
        forget();
    }

    /**
     * As the other, and tells of it. The thread is not interrupted meanwhile, and nobody takes the record for settled
     * before that is over.
     */
    void finish(Consumer<? super R> told) {
        leaveRunning(TELLING);
        told.accept(record());
        state = DONE;
        forget();
    }

    private void forget() {
        record = null;
        runner = null;
        failure = null;
    }

    void fail() {
        leaveRunning(WAITING);
    }

    /** The handler has returned, and {@link #takeStage} says what it waits for. */
    void pend() {
        leaveRunning(PENDING);
    }

    private void leaveRunning(int to) {
        boolean ran = Thread.currentThread().equals(runner);
        while (!STATE.compareAndSet(this, RUNNING, to)) {
            Thread.onSpinWait();
        }
        if (ran) {
            Thread.interrupted();
        }
    }

    /** Takes the record back from its stage, on whatever thread; {@code false} when it was dropped before. */
    boolean runOn() {
        runner = null;
        return STATE.compareAndSet(this, PENDING, RUNNING);
    }

    /** Remembers why the record fails, and since when it does. */
    void failed(Throwable cause) {
        Failure first = failure;
        failure = new Failure(first == null ? System.nanoTime() : first.since(), attempt, cause);
    }

    /** The run at hand was none. */
    void forgetAttempt() {
        attempt--;
    }

    @Nullable
    CompletionStage<?> takeStage() {
        CompletionStage<?> taken = stage;
        if (taken != null) {
            stage = null;
        }
        return taken;
    }

    @Override
    public void doneWhen(CompletionStage<?> newStage) {
        stage = newStage;
    }

    /** Interrupts the handler if it is running; returns whether it was. */
    boolean interrupt() {
        if (!STATE.compareAndSet(this, RUNNING, INTERRUPTING)) {
            return false;
        }
        Thread thread = runner;
        if (thread != null) {
            thread.interrupt();
        }
        state = RUNNING;
        return true;
    }

    /** Takes the record back, unless it is running or done. */
    boolean drop() {
        return dropQueued() || dropWaiting() || STATE.compareAndSet(this, PENDING, DROPPED);
    }

    /** Takes the record back if it has failed and waits. */
    boolean dropWaiting() {
        return STATE.compareAndSet(this, WAITING, DROPPED);
    }

    /** Takes the record back, unless it was ever started. */
    boolean dropQueued() {
        return STATE.compareAndSet(this, QUEUED, DROPPED);
    }

    boolean isDone() {
        return state == DONE;
    }

    boolean isDropped() {
        return state == DROPPED;
    }

    boolean isWaiting() {
        return state == WAITING;
    }

    boolean isPending() {
        return state == PENDING;
    }

    /** Whether its handler runs, or has returned and its stage is not complete. */
    boolean isStarted() {
        int now = state;
        return now == RUNNING || now == INTERRUPTING || now == PENDING;
    }

    /** When the last run started, as {@link System#nanoTime()}. */
    long startedAt() {
        return startedAt;
    }

    /** The last failure of a record that is waiting; {@code null} where it only was put off. */
    @Nullable
    Failure failure() {
        return failure;
    }

    /** What the record is, unless it is done; any thread. */
    @Nullable
    R peek() {
        return record;
    }

    /** Whether nothing can happen to it any more. */
    boolean isSettled() {
        return state >= DONE;
    }

    R record() {
        return Objects.requireNonNull(record);
    }

    /** Stops counting the record; returns whether it counted until now. */
    boolean uncount() {
        return counted && (boolean) COUNTED.getAndSet(this, false);
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean isRevoked() {
        return tracker.isAbandoned();
    }

    /**
     * @param since when the first attempt failed, as {@link System#nanoTime()}
     */
    record Failure(long since, int attempts, Throwable cause) {
    }
}
