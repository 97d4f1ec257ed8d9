package io.eventlane.jetstream;

import java.util.BitSet;

/**
 * A set of stream sequences that lie close together. It forgets from below. For one thread.
 */
final class SequenceSet {

    private BitSet bits = new BitSet();
    /** The sequence of the first bit. */
    private long base;

    /**
     * @param base the smallest sequence that it will ever hold
     */
    SequenceSet(long base) {
        this.base = base;
    }

    /** Adds a sequence; one below the base is passed over. */
    void add(long sequence) {
        if (sequence >= base) {
            bits.set(Math.toIntExact(sequence - base));
        }
    }

    boolean contains(long sequence) {
        long index = sequence - base;
        return index >= 0 && index < bits.length() && bits.get((int) index);
    }

    /** Forgets all sequences up to one. */
    void removeUpTo(long sequence) {
        if (sequence >= base) {
            int first = (int) Math.min(bits.length(), sequence - base + 1);
            bits = bits.get(first, bits.length());
            base = sequence + 1;
        }
    }
}
