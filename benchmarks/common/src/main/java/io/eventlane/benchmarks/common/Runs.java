package io.eventlane.benchmarks.common;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The outcomes of one arm in one scenario, a round each. */
public final class Runs {

    private final List<Outcome> outcomes = new ArrayList<>();

    public void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** Whether no run lost a record or its order. */
    public boolean areSound() {
        return outcomes.stream().allMatch(outcome -> outcome.inversions() == 0 && outcome.lost() == 0);
    }

    /** The median of records per second. */
    public double rate() {
        return median(Outcome::recordsPerSecond);
    }

    /** The rate of each round beside that of others in the same round. */
    public List<Double> ratios(Runs others) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(outcomes.size(), others.outcomes.size()); round++) {
            ratios.add(outcomes.get(round).recordsPerSecond() / others.outcomes.get(round).recordsPerSecond());
        }
        return ratios;
    }

    /** The header of {@link #columns()}. */
    public static String header() {
        return String.format("%25s %10s %6s %10s %11s %13s %9s %8s", "lowest-highest", "inversions", "lost", "duplicated",
                "concurrent", "CPU s/million", "+ broker", "B/record");
    }

    /** Medians; of inversions, losses, duplicates and concurrent handlers the worst or highest. */
    public String columns() {
        return String.format("%25s %,10d %,6d %,10d %,11d %13.2f %9.2f %,8.0f", spread(), highest(Outcome::inversions),
                highest(Outcome::lost), highest(Outcome::duplicates), highest(Outcome::mostConcurrent),
                median(Outcome::cpuSecondsPerMillion), median(Outcome::brokerCpuSecondsPerMillion),
                median(Outcome::bytesPerRecord));
    }

    private String spread() {
        var rates = outcomes.stream().mapToDouble(Outcome::recordsPerSecond).summaryStatistics();
        return String.format("%,.0f-%,.0f", rates.getMin(), rates.getMax());
    }

    private long highest(ToLongFunction<Outcome> value) {
        return outcomes.stream().mapToLong(value).max().orElseThrow();
    }

    private double median(ToDoubleFunction<Outcome> value) {
        return median(outcomes.stream().map(value::applyAsDouble).toList());
    }

    /** The value in the middle, or between the two there. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
