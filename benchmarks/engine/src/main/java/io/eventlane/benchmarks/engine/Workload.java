package io.eventlane.benchmarks.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import io.eventlane.engine.CompletionTracker;

/** A source that pushes the same records through an arm again and again, and counts inversions. */
final class Workload {

    /**
     * A record.
     *
     * @param number which of its key it is, from 0
     * @param last the number of the last one of this key
     */
    record Item(byte[] key, int keyIndex, int number, int last) {
    }

    private static final int POLL = 500;

    private final Item[] items;
    /** The number that is due next, by key. Safe without more, if there is no inversion. */
    private final int[] due;
    private final AtomicLong inversions = new AtomicLong();
    private final long parkNanos;
    private final Thread source = Thread.currentThread();
    private final Arm arm;
    private final CompletionTracker<Item> tracker;
    private long offset;

    Workload(Dispatch kind, int records, int keys, long parkNanos) {
        this.parkNanos = parkNanos;
        Random random = new Random(42);
        int[] keyOf = random.ints(records, 0, keys).toArray();
        int[] counts = new int[keys];
        for (int key : keyOf) {
            counts[key]++;
        }
        due = new int[keys];
        items = new Item[records];
        for (int i = 0; i < records; i++) {
            int key = keyOf[i];
            byte[] bytes = ByteBuffer.allocate(8).putLong(key).array();
            items[i] = new Item(bytes, key, due[key]++, counts[key] - 1);
        }
        Arrays.fill(due, 0);
        arm = Arm.of(kind, (item, run) -> handle(item), () -> LockSupport.unpark(source));
        tracker = arm.track();
    }

    private void handle(Item item) {
        int key = item.keyIndex;
        if (due[key] != item.number) {
            inversions.incrementAndGet();
        }
        if (parkNanos > 0) {
            LockSupport.parkNanos(parkNanos);
        }
        due[key] = item.number == item.last ? 0 : item.number + 1;
    }

    /** Pushes all records through and waits until the last is done. */
    void run() {
        int next = 0;
        long end = offset + items.length;
        while (tracker.frontier() != end) {
            boolean room = arm.hasRoom() && !tracker.atSpan();
            if (room && next < items.length) {
                for (int last = Math.min(next + POLL, items.length); next < last; next++) {
                    arm.submit(tracker, offset++, items[next]);
                }
                arm.flush();
            } else {
                LockSupport.parkNanos(100_000);
            }
        }
    }

    long inversions() {
        return inversions.get();
    }

    void close() {
        arm.close();
    }
}
