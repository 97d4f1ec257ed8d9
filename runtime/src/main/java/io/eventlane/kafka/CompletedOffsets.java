package io.eventlane.kafka;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongConsumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records above the committed offset that are done, committed with it in a {@link CommitNote}. Whoever is assigned the
 * partition next, after a crash or a rebalance, does not handle them again.
 * <p>
 * <em>Nothing is skipped that was not handled.</em> The offsets are worth only as much as the log is the same:
 * <ul>
 * <li>A {@linkplain #mark mark} of the record at the committed offset is written down. Where the next owner does not find
 * exactly that record first, because the topic was made anew, or the offset was moved or has expired, it forgets the rest.
 * <li>The newest leader epoch is written down. A record that replaces a handled one, after a leader that had missed it
 * was elected, has a newer epoch, and is handled.
 * </ul>
 * <em>It always fits.</em> The broker refuses more than {@code offset.metadata.max.bytes}, 4,096 by default. One bit
 * stands for an offset, and what is further than {@link #MAX_BITS} away is left out, and handled again.
 *
 * @param mark of the record at the committed offset
 * @param leaderEpoch the newest that a record had which is meant here; -1 when not known
 * @param done one bit for each offset; the first stands for the committed offset plus one
 */
record CompletedOffsets(long mark, int leaderEpoch, BitSet done) {

    /** In Base64 less than 3,500 characters. */
    static final int MAX_BITS = 20_480;

    /** What tells a record from another one at its offset: a hash of its timestamp, its key and its value. */
    static long mark(ConsumerRecord<byte[], byte[]> record) {
        return 31 * (31 * record.timestamp() + Arrays.hashCode(record.key())) + Arrays.hashCode(record.value());
    }

    /**
     * Whether this was written over the log in which the record stands.
     *
     * @param first the first record from the committed offset on
     */
    boolean isOf(long committed, ConsumerRecord<byte[], byte[]> first) {
        return first.offset() == committed && mark(first) == mark;
    }

    /** Whether a record above the committed offset is done. */
    boolean contains(long committed, ConsumerRecord<?, ?> record) {
        long bit = record.offset() - committed - 1;
        return bit >= 0 && bit < MAX_BITS && done.get((int) bit) && record.leaderEpoch().orElse(-1) <= leaderEpoch;
    }

    /**
     * Calls back with each offset that is done.
     *
     * @param offset where to begin, exclusive
     */
    void forEachAfter(long committed, long offset, LongConsumer action) {
        int from = (int) Math.max(0, offset - committed);
        for (int bit = done.nextSetBit(from); bit >= 0; bit = done.nextSetBit(bit + 1)) {
            action.accept(committed + 1 + bit);
        }
    }
}
