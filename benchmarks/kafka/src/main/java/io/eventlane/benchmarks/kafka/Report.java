package io.eventlane.benchmarks.kafka;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Medians over the rounds; of inversions, losses, duplicates and concurrent handlers the worst or highest. */
final class Report {

    private static final String HEADER = String.format("%-30s %12s %9s %25s %10s %6s %10s %11s %13s %8s", "", "records/s",
            "of bare", "lowest-highest", "inversions", "lost", "duplicated", "concurrent", "CPU s/million", "B/record");

    private final Map<Scenario, Map<Arm, List<Outcome>>> outcomes = new LinkedHashMap<>();

    void add(Scenario scenario, Arm arm, Outcome outcome) {
        outcomes.computeIfAbsent(scenario, key -> new EnumMap<>(Arm.class))
                .computeIfAbsent(arm, key -> new ArrayList<>())
                .add(outcome);
    }

    /** Whether Eventlane kept the order and lost nothing wherever it was measured. */
    boolean isSound() {
        return outcomes.values().stream()
                .flatMap(byArm -> byArm.getOrDefault(Arm.EVENTLANE, List.of()).stream())
                .allMatch(outcome -> outcome.inversions() == 0 && outcome.lost() == 0);
    }

    String table() {
        StringBuilder table = new StringBuilder();
        outcomes.forEach((scenario, byArm) -> {
            table.append('\n').append(scenario.title()).append('\n').append(HEADER).append('\n');
            double bare = byArm.containsKey(Arm.BARE) ? rate(byArm.get(Arm.BARE)) : Double.NaN;
            byArm.forEach((arm, runs) -> table.append(row(arm, runs, bare)).append('\n'));
        });
        return table.toString();
    }

    private static String row(Arm arm, List<Outcome> runs, double bare) {
        double rate = rate(runs);
        return String.format("%-30s %,12.0f %9s %25s %,10d %,6d %,10d %,11d %13.2f %,8.0f", arm.title(), rate,
                Double.isNaN(bare) ? "-" : String.format("%.2f", rate / bare), spread(runs),
                highest(runs, Outcome::inversions), highest(runs, Outcome::lost), highest(runs, Outcome::duplicates),
                highest(runs, Outcome::mostConcurrent), median(runs, Outcome::cpuSecondsPerMillion),
                median(runs, Outcome::bytesPerRecord));
    }

    private static double rate(List<Outcome> runs) {
        return median(runs, Outcome::recordsPerSecond);
    }

    private static String spread(List<Outcome> runs) {
        var rates = runs.stream().mapToDouble(Outcome::recordsPerSecond).summaryStatistics();
        return String.format("%,.0f-%,.0f", rates.getMin(), rates.getMax());
    }

    private static long highest(List<Outcome> runs, ToLongFunction<Outcome> value) {
        return runs.stream().mapToLong(value).max().orElseThrow();
    }

    private static double median(List<Outcome> runs, ToDoubleFunction<Outcome> value) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
