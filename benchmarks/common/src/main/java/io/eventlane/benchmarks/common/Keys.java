package io.eventlane.benchmarks.common;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * The keys of a topic's records.
 *
 * @param count how many there are
 * @param skewed whether few of them have most of the records, after Zipf's law; otherwise each is equally likely
 */
public record Keys(int count, boolean skewed) {

    private static final String ZIPF = "-zipf";

    /** Keys that are equally likely. */
    public static Keys of(int count) {
        return new Keys(count, false);
    }

    /**
     * Reads what {@link #toString()} writes, such as {@code 10000} or {@code 1000-zipf}.
     *
     * @throws NumberFormatException when it is something else
     */
    public static Keys parse(String text) {
        boolean skewed = text.endsWith(ZIPF);
        return new Keys(Integer.parseInt(skewed ? text.substring(0, text.length() - ZIPF.length()) : text), skewed);
    }

    /** As a heading. */
    public String title() {
        return count == 1 ? "1 key" : String.format("%,d keys%s", count, skewed ? " (Zipf)" : "");
    }

    /** The share of the records that the key has which has most: where order is kept, it bounds what can be done at once. */
    public double largestShare() {
        return skewed ? 1 / weights()[count - 1] : 1.0 / count;
    }

    /** Each with those of the keys before it added. */
    private double[] weights() {
        double[] upTo = new double[count];
        double sum = 0;
        for (int key = 0; key < count; key++) {
            sum += 1.0 / (key + 1);
            upTo[key] = sum;
        }
        return upTo;
    }

    /** Chooses the key of one record after the other. */
    IntSupplier chooser(SplittableRandom random) {
        if (!skewed) {
            return () -> random.nextInt(count);
        }
        double[] upTo = weights();
        return () -> {
            int found = Arrays.binarySearch(upTo, random.nextDouble(upTo[count - 1]));
            return found < 0 ? -found - 1 : Math.min(found + 1, count - 1);
        };
    }

    @Override
    public String toString() {
        return count + (skewed ? ZIPF : "");
    }
}
