package io.eventlane.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.spi.OutboundRecord;

/**
 * A topic: events one behind the other, of which every reader gets each.
 * <p>
 * It is a chain that is followed forward alone. An event is appended by one compare-and-set of the tail, which also gives it
 * its offset. Whoever holds an event reaches those behind it, and nobody holds what all readers have behind them: that is
 * collected, and a topic without a reader keeps nothing.
 * <p>
 * Before the application's channels are opened it is not known who reads. Until then the topic keeps what is published, from
 * its first event on, and nobody who publishes waits for a reader: there is none that could get on.
 * <p>
 * Safe for many threads.
 */
final class MemoryTopic {

    private static final VarHandle TAIL;

    static {
        try {
            TAIL = MethodHandles.lookup().findVarHandle(MemoryTopic.class, "tail", Stored.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A thread that waits for readers to get on. */
    private static final class Waiting {

        private final Thread thread = Thread.currentThread();
        private volatile boolean queued;
    }

    private final String name;
    private final List<TopicReader> readers = new CopyOnWriteArrayList<>();
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private volatile Stored tail = new Stored();
    /** Keeps everything until the application's channels are open. */
    private volatile @Nullable TopicReader keeper;
    private volatile @Nullable Runnable onAppend;

    /**
     * @param keeping whether it is not known yet who reads
     */
    MemoryTopic(String name, boolean keeping) {
        this.name = name;
        if (keeping) {
            TopicReader all = new TopicReader(this, tail);
            readers.add(all);
            keeper = all;
        }
    }

    String name() {
        return name;
    }

    /** The offset of the newest event; -1 where there never was one. */
    long newest() {
        return tail.offset;
    }

    // Readers

    /** A reader of all that the topic keeps for as long as its readers are not known, else of what is published from now on. */
    TopicReader reader() {
        TopicReader all = keeper;
        TopicReader reader = all == null ? new TopicReader(this, tail) : all.fork();
        readers.add(reader);
        return reader;
    }

    /**
     * @param action called on the thread of whoever publishes, when an event is there to be read; must not block
     */
    void onAppend(Runnable action) {
        onAppend = action;
    }

    /** All readers are known. */
    void stopKeeping() {
        TopicReader all = keeper;
        if (all != null) {
            // As long as it is there it must not count as a reader that does not get on.
            remove(all);
            keeper = null;
        }
    }

    /** Nothing is kept for a reader any more. */
    void remove(TopicReader reader) {
        readers.remove(reader);
        wakeWaiting();
    }

    /** A reader has got on. */
    void wakeWaiting() {
        for (Waiting one = waiting.poll(); one != null; one = waiting.poll()) {
            one.queued = false;
            LockSupport.unpark(one.thread);
        }
    }

    /** How many events the slowest reader has not taken. */
    private long behind(Stored last) {
        long behind = 0;
        for (TopicReader reader : readers) {
            behind = Math.max(behind, last.offset - reader.taken());
        }
        return behind;
    }

    // Publishing

    /**
     * Appends an event, unless the slowest reader is too far behind, once all readers are known.
     *
     * @param bound how many events may wait for a reader, this one included
     * @return where it stands, or {@code null}
     */
    @Nullable
    Position tryAppend(OutboundRecord record, long bound) {
        Stored event = new Stored(record);
        Stored last = tail;
        while (true) {
            if (keeper == null && behind(last) >= bound) {
                return null;
            }
            event.offset = last.offset + 1;
            Stored witness = (Stored) TAIL.compareAndExchange(this, last, event);
            if (witness == last) {
                break;
            }
            last = witness;
        }
        last.next = event;
        Runnable action = onAppend;
        if (action != null) {
            action.run();
        }
        return new Position(name, 0, event.offset);
    }

    /**
     * As {@link #tryAppend}, but waits for readers to get on.
     *
     * @param nanos how long, at most
     * @param givenUp asked when the wait is {@linkplain #wakeWaiting() woken}: then it ends
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    @Nullable
    Position append(OutboundRecord record, long bound, long nanos, BooleanSupplier givenUp) throws InterruptedException {
        Position at = tryAppend(record, bound);
        if (at != null) {
            return at;
        }
        long end = System.nanoTime() + nanos;
        Waiting self = new Waiting();
        try {
            while (true) {
                // Before looking again: whoever gets on after that look finds it.
                if (!self.queued) {
                    self.queued = true;
                    waiting.add(self);
                }
                at = tryAppend(record, bound);
                long left = end - System.nanoTime();
                if (at != null || left <= 0 || givenUp.getAsBoolean()) {
                    return at;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            waiting.remove(self);
        }
    }
}
