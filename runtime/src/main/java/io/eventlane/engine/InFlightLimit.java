package io.eventlane.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much a dispatcher holds, in records and in bytes, and when that is too much.
 * <p>
 * Both numbers live in one long, so that a worker gives both back with one atomic addition. Once the source has been
 * told that there is no room, it is woken when half of the bound is free again: waking it for every record would make
 * it pause and resume all the time.
 */
final class InFlightLimit {

    static final int MAX_RECORDS = (1 << 23) - 1;

    private static final int RECORD_BITS = 24;
    private static final long RECORD_MASK = (1L << RECORD_BITS) - 1;

    private final int maxRecords;
    private final long maxBytes;
    private final Runnable wakeSource;

    /** Bytes above, records in the low bits. Every addition keeps both parts non-negative. */
    private final AtomicLong held = new AtomicLong();
    private volatile boolean full;

    InFlightLimit(int maxRecords, long maxBytes, Runnable wakeSource) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
        this.wakeSource = wakeSource;
    }

    void add(int records, int bytes) {
        held.getAndAdd(pack(records, bytes));
    }

    void remove(int records, int bytes) {
        long now = held.addAndGet(-pack(records, bytes));
        if (full && hasDrained(now)) {
            full = false;
            wakeSource.run();
        }
    }

    /** Called by the source's thread alone. */
    boolean hasRoom() {
        if (!full) {
            if (!isFull(held.get())) {
                return true;
            }
            full = true;
        }
        // A worker that gave back before it could see the flag will not wake anybody.
        if (hasDrained(held.get())) {
            full = false;
            return true;
        }
        return false;
    }

    boolean isEmpty() {
        return held.get() == 0;
    }

    int records() {
        return records(held.get());
    }

    long bytes() {
        return bytes(held.get());
    }

    private boolean isFull(long state) {
        return records(state) >= maxRecords || bytes(state) >= maxBytes;
    }

    /** Half is free; or nothing is left but records of keys that wait, which may hold more than half for long. */
    private boolean hasDrained(long state) {
        int records = records(state);
        long bytes = bytes(state);
        return records <= maxRecords / 2 && bytes <= maxBytes / 2 || records == 0 && bytes < maxBytes;
    }

    private static long pack(int records, int bytes) {
        return (long) bytes << RECORD_BITS | records;
    }

    private static int records(long state) {
        return (int) (state & RECORD_MASK);
    }

    private static long bytes(long state) {
        return state >>> RECORD_BITS;
    }
}
