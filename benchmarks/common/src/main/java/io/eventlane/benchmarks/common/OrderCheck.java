package io.eventlane.benchmarks.common;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts inversions, losses and duplicates at the same small cost for every arm: one read and one addition on the
 * counter of the record's key, and one byte per record. All records must have arrived in order and once exactly when,
 * at each start, as many records of the key have ended as its sequence says.
 */
public final class OrderCheck {

    private final AtomicIntegerArray endedPerKey;
    private final byte[] runsPerRecord;
    private final LongAdder inversions = new LongAdder();

    public OrderCheck(int records, int keys) {
        endedPerKey = new AtomicIntegerArray(keys);
        runsPerRecord = new byte[records];
    }

    public void started(byte[] payload) {
        if (endedPerKey.get(Payload.key(payload)) < Payload.sequence(payload)) {
            inversions.increment();
        }
    }

    public void ended(byte[] payload) {
        runsPerRecord[Payload.number(payload)]++;
        endedPerKey.getAndIncrement(Payload.key(payload));
    }

    public long inversions() {
        return inversions.sum();
    }

    /** To be asked after the last handler has ended. */
    public long lost() {
        long lost = 0;
        for (byte runs : runsPerRecord) {
            lost += runs == 0 ? 1 : 0;
        }
        return lost;
    }

    /** To be asked after the last handler has ended. */
    public long duplicates() {
        long duplicates = 0;
        for (byte runs : runsPerRecord) {
            duplicates += Math.max(0, runs - 1);
        }
        return duplicates;
    }
}
