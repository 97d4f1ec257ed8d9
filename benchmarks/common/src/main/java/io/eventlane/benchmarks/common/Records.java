package io.eventlane.benchmarks.common;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;

/** The records of a topic, one after the other, the same in every run. For one thread. */
public final class Records {

    private static final long SEED = 42;

    private final IntSupplier keys;
    private final int bytes;
    private final String[] names;
    private final int[] sequences;
    private int number;
    private int key;

    /**
     * @param bytes of each payload
     */
    public Records(Keys keys, int bytes) {
        this.keys = keys.chooser(new SplittableRandom(SEED));
        this.bytes = bytes;
        this.sequences = new int[keys.count()];
        this.names = new String[keys.count()];
        for (int i = 0; i < names.length; i++) {
            names[i] = "key-" + i;
        }
    }

    /** Goes on to the next record, and returns its payload. */
    public byte[] next() {
        key = keys.getAsInt();
        return Payload.of(bytes, number++, key, sequences[key]++);
    }

    /** An id for a message: a UUID that costs next to nothing. */
    public static String freshId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** The key of the record that {@link #next()} has returned last. */
    public String key() {
        return names[key];
    }
}
