package io.eventlane.jetstream;

import java.util.BitSet;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A set of stream sequences, many of which lie close together, though there may be wide gaps. It forgets from below. For one
 * thread.
 */
final class SequenceSet {

    private static final int BITS = 16;
    private static final int MASK = (1 << BITS) - 1;

    /** By the sequence without its last bits. */
    private final NavigableMap<Long, BitSet> parts = new TreeMap<>();
    private long base;
    private long lastPart = -1;
    private BitSet last = new BitSet();

    /**
     * @param base the smallest sequence that it will ever hold
     */
    SequenceSet(long base) {
        this.base = base;
    }

    /** Adds a sequence; one below the base is passed over. */
    void add(long sequence) {
        if (sequence >= base) {
            part(sequence >> BITS).set((int) (sequence & MASK));
        }
    }

    private BitSet part(long number) {
        if (number != lastPart) {
            last = parts.computeIfAbsent(number, absent -> new BitSet());
            lastPart = number;
        }
        return last;
    }

    boolean contains(long sequence) {
        BitSet part = sequence < base ? null : sequence >> BITS == lastPart ? last : parts.get(sequence >> BITS);
        return part != null && part.get((int) (sequence & MASK));
    }

    /** Forgets all sequences up to one. */
    void removeUpTo(long sequence) {
        if (sequence >= base) {
            base = sequence + 1;
            parts.headMap(base >> BITS).clear();
            lastPart = -1;
        }
    }
}
