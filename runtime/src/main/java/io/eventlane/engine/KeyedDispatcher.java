package io.eventlane.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs the records of one channel: in order per key, concurrently across keys.
 * <p>
 * It has no thread of its own, and so nothing to close: once its trackers are drained, it is garbage. The source's
 * thread submits records; each goes to the {@link Lane} of its key, a lane with work goes to the ready queue, and
 * {@link Workers} drain that queue. A record that fails keeps its place: its lane waits, without a thread, and every
 * other lane goes on. The source learns through its {@link CompletionTracker}s what may be committed, and from
 * {@link #hasRoom()} when to pause.
 * <p>
 * <em>The source's thread</em> may change over time, but it is one at a time, with a happens-before between one and
 * the next.
 *
 * @param <R> the record
 */
public final class KeyedDispatcher<R> {

    private static final byte[] WHOLE_PARTITION = {};
    private static final Duration STARVED_AFTER = Duration.ofSeconds(1);

    private final Ordering ordering;
    private final DispatcherListener<R> listener;
    private final Runnable wakeSource;
    private final InFlightLimit limit;
    private final Workers<R> workers;

    // Owned by the source's thread

    private final LaneTable<R> lanes = new LaneTable<>();
    private final Map<String, Integer> logs = new HashMap<>();
    private long reportedSince;

    /**
     * @param handler runs for each record, on the workers' threads
     * @param threads starts one thread for each task, at once: a virtual one, or a platform one
     * @param timer runs the short tasks that end the wait for a retry
     * @param wakeSource called from any thread when a source that was told to pause may go on; must not block
     * @param lease the right of this process to start handlers
     */
    public KeyedDispatcher(DispatcherSettings settings, FailurePolicy<? super R> policy, RecordHandler<R> handler,
            Executor threads, ScheduledExecutorService timer, Runnable wakeSource, DispatcherListener<R> listener,
            Lease lease) {
        this.ordering = settings.ordering();
        this.listener = Guarded.listener(listener);
        this.wakeSource = Guarded.runnable(wakeSource);
        this.limit = new InFlightLimit(settings.maxQueued(), settings.maxQueuedBytes(), this.wakeSource);
        FailurePolicy<R> guarded = Guarded.policy(policy);
        this.workers = new Workers<>(settings.maxConcurrency(), threads,
                crew -> new Worker<>(crew, handler, new Outcomes<>(guarded, this.listener, timer, limit, crew), lease),
                this.listener::onRefusedStart, lease);
    }

    /** As the other, for a source that cannot lose its records unasked. */
    public KeyedDispatcher(DispatcherSettings settings, FailurePolicy<? super R> policy, RecordHandler<R> handler,
            Executor threads, ScheduledExecutorService timer, Runnable wakeSource, DispatcherListener<R> listener) {
        this(settings, policy, handler, threads, timer, wakeSource, listener, Lease.unlimited());
    }

    // The source's thread

    /**
     * Begins an assignment. Records of a key that still run from an earlier assignment of the same partition are
     * waited for; one whose handler had returned, and whose stage was not complete when the assignment was given up, is
     * not.
     *
     * @param partition names the topic and partition, or the stream
     * @param maxSpan see {@link CompletionTracker#atSpan()}, at least 1
     */
    public CompletionTracker<R> track(String partition, int maxSpan) {
        return new CompletionTracker<>(partition, log(partition), maxSpan, limit, wakeSource);
    }

    /**
     * As the other, for a source that has to be told of each record that is done.
     *
     * @param onDone called once for each record whose handler has ended well, and whose stage too if it had one: also
     *        after the assignment was revoked or abandoned, but not for a record that was dropped or
     *        {@linkplain #submitDone submitted as done}. It runs on the thread on which the record is done, in no
     *        particular order but that of each key, before the tracker takes the record for done or is drained. It must
     *        not block; what it throws goes to the uncaught-exception handler of that thread
     */
    public CompletionTracker<R> track(String partition, int maxSpan, Consumer<? super R> onDone) {
        return new CompletionTracker<>(partition, log(partition), maxSpan, limit, wakeSource, Guarded.consumer(onDone));
    }

    /** The number that a partition has in the identity of its lanes, the same in every assignment. */
    private int log(String partition) {
        return logs.computeIfAbsent(partition, name -> logs.size());
    }

    /**
     * Takes a record. It may start at once; {@link #flush()} after the batch makes sure that it does.
     *
     * @param offset greater than that of the record before it in this assignment
     * @param key {@code null} for a record that waits for nobody and nobody waits for; kept, never changed
     * @param bytes the size of the record, for the limit
     */
    public void submit(CompletionTracker<R> tracker, long offset, byte @Nullable [] key, int bytes, R record) {
        Lane<R> lane = lane(tracker.log, key);
        Entry<R> entry = new Entry<>(tracker, lane, offset, bytes, record);
        limit.add(1, bytes);
        tracker.register(entry);
        if (lane.append(entry)) {
            workers.ready(lane);
        } else if (lane.waiting() != null && entry.uncount()) {
            limit.remove(1, 0);
        }
    }

    /** Takes a record that is known to have been handled before: it only has its place in the tracker. */
    public void submitDone(CompletionTracker<R> tracker, long offset) {
        tracker.register(Entry.done(tracker, offset));
    }

    /** Makes sure that what was submitted is run; once after each batch. */
    public void flush() {
        workers.startIfNeeded();
    }

    /** Forgets idle lanes and reports a worker that gets no carrier; on every turn of the source's loop. */
    public void housekeep() {
        workers.startIfNeeded();
        if (limit.isEmpty()) {
            lanes.sweep();
        }
        reportStarvation();
    }

    /**
     * Whether the source may go on fetching. After {@code false}, {@code wakeSource} is called once half of the bound
     * is free.
     */
    public boolean hasRoom() {
        return limit.hasRoom();
    }

    // Any thread

    /** How many workers are busy, one that is about to start included. */
    public int running() {
        return workers.busy();
    }

    /** How many records are held, those that wait without a thread and those behind them not counted. */
    public int held() {
        return limit.records();
    }

    /** How many bytes are held, in all records. */
    public long heldBytes() {
        return limit.bytes();
    }

    private Lane<R> lane(int log, byte @Nullable [] key) {
        if (ordering == Ordering.PARTITION) {
            return lanes.lane(log, WHOLE_PARTITION);
        }
        if (ordering == Ordering.KEY && key != null) {
            return lanes.lane(log, key);
        }
        return new Lane<>(log, null, 0);
    }

    private void reportStarvation() {
        long since = workers.unmountedSince();
        if (since == 0 || since == reportedSince) {
            return;
        }
        Duration unmounted = Duration.ofNanos(System.nanoTime() - since);
        if (unmounted.compareTo(STARVED_AFTER) >= 0) {
            reportedSince = since;
            listener.onStarvation(unmounted);
        }
    }
}
