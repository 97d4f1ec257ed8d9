package io.eventlane.benchmarks.kafka.app;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

import io.eventlane.benchmarks.kafka.Payload;

/**
 * Counts inversions, losses and duplicates at the same small cost for every arm: one read and one addition on the
 * counter of the record's key, and one byte per record. All records must have arrived in order and once exactly when,
 * at each start, as many records of the key have ended as its sequence says.
 */
final class OrderCheck {

    private final AtomicIntegerArray endedPerKey;
    private final byte[] runsPerRecord;
    private final LongAdder inversions = new LongAdder();

    OrderCheck(int records, int keys) {
        endedPerKey = new AtomicIntegerArray(keys);
        runsPerRecord = new byte[records];
    }

    void started(byte[] payload) {
        if (endedPerKey.get(Payload.key(payload)) < Payload.sequence(payload)) {
            inversions.increment();
        }
    }

    void ended(byte[] payload) {
        runsPerRecord[Payload.number(payload)]++;
        endedPerKey.getAndIncrement(Payload.key(payload));
    }

    long inversions() {
        return inversions.sum();
    }

    /** To be asked after the last handler has ended. */
    long lost() {
        long lost = 0;
        for (byte runs : runsPerRecord) {
            lost += runs == 0 ? 1 : 0;
        }
        return lost;
    }

    /** To be asked after the last handler has ended. */
    long duplicates() {
        long duplicates = 0;
        for (byte runs : runsPerRecord) {
            duplicates += Math.max(0, runs - 1);
        }
        return duplicates;
    }
}
