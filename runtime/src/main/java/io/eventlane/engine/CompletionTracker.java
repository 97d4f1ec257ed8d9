package io.eventlane.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Knows, for one assignment of one partition, which records are done, and from that the offset that may be committed.
 * <p>
 * The records stand in a ring in the order of their arrival. Workers settle a record by its own state alone; the ring
 * belongs to the source's thread, which moves the frontier over all that is done at the front. Offsets need not be
 * dense: the frontier is the offset of the first record that is not done, whatever was skipped before it. An
 * assignment that comes back gets a new tracker, so that what an old one still completes can not be committed by
 * mistake.
 * <p>
 * Every method is for the source's thread, unless it says otherwise.
 *
 * @param <R> the record
 */
public final class CompletionTracker<R> {

    // Fixed

    private final String name;
    private final int maxSpan;
    private final InFlightLimit limit;
    private final Runnable wakeSource;
    private final @Nullable Consumer<? super R> onDone;
    final int log;

    // Owned by the source's thread

    private final EntryRing<R> ring = new EntryRing<>();
    /** All before it are settled. */
    private long settledTo;
    private long frontier = -1;

    // Shared

    private volatile boolean stopping;
    private volatile boolean abandoned;
    private volatile boolean halted;
    private volatile @Nullable Entry<R> awaited;
    private volatile @Nullable Thread drainer;

    CompletionTracker(String name, int log, int maxSpan, InFlightLimit limit, Runnable wakeSource) {
        this(name, log, maxSpan, limit, wakeSource, null);
    }

    /**
     * @param onDone see {@link KeyedDispatcher#track(String, int, Consumer)}; guarded, or {@code null}
     */
    CompletionTracker(String name, int log, int maxSpan, InFlightLimit limit, Runnable wakeSource,
            @Nullable Consumer<? super R> onDone) {
        this.name = name;
        this.log = log;
        this.maxSpan = maxSpan;
        this.limit = limit;
        this.wakeSource = wakeSource;
        this.onDone = onDone;
    }

    // Progress

    /** The partition, as given to {@link KeyedDispatcher#track}. */
    public String name() {
        return name;
    }

    /**
     * The offset to commit: that of the first record which is not done, or the one after the last; -1 while there
     * never was a record.
     */
    public long frontier() {
        while (ring.size() > 0) {
            Entry<R> first = ring.get(ring.first());
            if (!first.isDone()) {
                frontier = first.offset;
                break;
            }
            ring.removeFirst();
            if (ring.size() == 0) {
                frontier = first.offset + 1;
            }
        }
        return frontier;
    }

    /** How many records stand between the frontier and the newest record. */
    public int span() {
        frontier();
        return ring.size();
    }

    /**
     * Whether so many records wait behind the first unfinished one that the partition should be paused. If so, the
     * source is woken when that record is done.
     */
    public boolean atSpan() {
        while (span() >= maxSpan) {
            Entry<R> first = ring.get(ring.first());
            awaited = first;
            if (!first.isDone()) {
                return true;
            }
        }
        awaited = null;
        return false;
    }

    /** How many of the records that were submitted are not done. */
    public int unfinished() {
        int unfinished = 0;
        for (long i = ring.first(); i < ring.end(); i++) {
            if (!ring.get(i).isDone()) {
                unfinished++;
            }
        }
        return unfinished;
    }

    /** Any thread: whether a record has failed in a way that lets no more of the partition be taken. */
    public boolean isHalted() {
        return halted;
    }

    /**
     * Calls back with each offset above another whose record is done, in order.
     *
     * @param offset the frontier, as it was when it was asked for: records go on being done meanwhile
     * @param limit how many offsets above it to look at
     */
    public void forEachDoneAbove(long offset, int limit, LongConsumer action) {
        for (long i = ring.first(); i < ring.end(); i++) {
            Entry<R> entry = ring.get(i);
            if (entry.offset - offset > limit) {
                return;
            }
            if (entry.offset > offset && entry.isDone()) {
                action.accept(entry.offset);
            }
        }
    }

    /** The record at the frontier, unless all are done. */
    public @Nullable R first() {
        return span() == 0 ? null : ring.get(ring.first()).peek();
    }

    // Records that do not get on

    /**
     * Calls back with each record that has failed and waits, and each whose handler was started at or before a time
     * and whose end is not known yet, in order. It looks at every record that is held: not for each turn of a loop.
     *
     * @param startedBefore as {@link System#nanoTime()}
     */
    public void forEachStuck(long startedBefore, Consumer<Stuck<R>> action) {
        for (long i = ring.first(); i < ring.end(); i++) {
            Stuck<R> stuck = Stuck.of(ring.get(i), startedBefore);
            if (stuck != null) {
                action.accept(stuck);
            }
        }
    }

    /** Ends the wait of a record that has failed, so that it runs again at once, if it still waits. */
    public void runNow(Stuck<R> stuck) {
        stuck.endWait();
    }

    // The end of the assignment

    /**
     * Stops the assignment: what runs goes on, or waits for its stage; everything else is dropped. What is done above
     * the first dropped record can be told by {@link #forEachDoneAbove}.
     */
    public void revoke() {
        stopping = true;
        for (long i = ring.first(); i < ring.end(); i++) {
            Entry<R> entry = ring.get(i);
            if (entry.dropQueued()) {
                settled(entry);
            } else {
                dropWaiting(entry);
            }
        }
    }

    /** Whether all that was still due after {@link #revoke()} has ended. */
    public boolean isDrained() {
        settledTo = Math.max(settledTo, ring.first());
        while (settledTo < ring.end() && ring.get(settledTo).isSettled()) {
            settledTo++;
        }
        return settledTo == ring.end();
    }

    /**
     * Gives the assignment up at once: {@link Run#isRevoked()} turns true, running handlers are interrupted, nothing
     * else of it starts.
     *
     * @return the offsets of the records whose handlers were running, or had returned and were not acknowledged yet
     */
    public List<Long> abandon() {
        abandoned = true;
        stopping = true;
        List<Long> running = new ArrayList<>();
        for (long i = ring.first(); i < ring.end(); i++) {
            Entry<R> entry = ring.get(i);
            boolean started = entry.isStarted();
            drop(entry);
            if (entry.interrupt() || started && entry.isDropped()) {
                running.add(entry.offset);
            }
        }
        return running;
    }

    // The dispatcher

    void register(Entry<R> entry) {
        ring.add(entry);
    }

    /** Any thread: takes a record back unless it is running or done, and ends the wait of its lane if it had one. */
    void drop(Entry<R> entry) {
        if (entry.drop()) {
            settled(entry);
        }
        endWaitIfDropped(entry);
    }

    /** As {@link #drop}, but only a record that has failed and waits: one that runs again by now is left alone. */
    void dropWaiting(Entry<R> entry) {
        if (entry.dropWaiting()) {
            settled(entry);
            endWaitIfDropped(entry);
        }
    }

    private void endWaitIfDropped(Entry<R> entry) {
        Wait<R> wait = entry.lane.waiting();
        if (wait != null && wait.entry == entry && entry.isDropped()) {
            wait.endNow();
        }
    }

    /** The holder of the record's lane: its run is over and it is done. */
    void finish(Entry<R> entry) {
        Consumer<? super R> told = onDone;
        if (told == null) {
            entry.finish();
        } else {
            entry.finish(told);
        }
        settled(entry);
    }

    /** Any thread, once for each record: it is done, or was dropped. */
    void settled(Entry<R> entry) {
        limit.remove(entry.uncount() ? 1 : 0, entry.bytes);
        if (entry == awaited) {
            wakeSource.run();
        }
        Thread waiting = drainer;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Any thread: the source is to take no more of the partition. */
    void halt() {
        halted = true;
        wakeSource.run();
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void wakeOnSettled(@Nullable Thread thread) {
        drainer = thread;
    }
}
