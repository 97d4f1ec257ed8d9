package io.eventlane.engine;

import org.jspecify.annotations.Nullable;

/**
 * Records in the order of their arrival, each under a running number. It grows by doubling. Owned by the source's
 * thread.
 */
final class EntryRing<R> {

    private static final int MIN_CAPACITY = 64;

    private @Nullable Entry<R>[] slots = newArray(MIN_CAPACITY);
    private long first;
    private long end;

    /** The number of the first record that is still here. */
    long first() {
        return first;
    }

    /** The number that the next record gets. */
    long end() {
        return end;
    }

    int size() {
        return (int) (end - first);
    }

    void add(Entry<R> entry) {
        if (size() == slots.length) {
            grow();
        }
        slots[slot(end++)] = entry;
    }

    Entry<R> get(long number) {
        Entry<R> entry = slots[slot(number)];
        if (entry == null) {
            throw new IllegalStateException("no record at %d of %d..%d".formatted(number, first, end));
        }
        return entry;
    }

    void removeFirst() {
        slots[slot(first++)] = null;
    }

    private int slot(long number) {
        return (int) number & slots.length - 1;
    }

    private void grow() {
        @Nullable
        Entry<R>[] bigger = newArray(slots.length * 2);
        for (long i = first; i < end; i++) {
            bigger[(int) i & bigger.length - 1] = get(i);
        }
        slots = bigger;
    }

    @SuppressWarnings("unchecked")
    private static <R> @Nullable Entry<R>[] newArray(int length) {
        return (@Nullable Entry<R>[]) new Entry<?>[length];
    }
}
