package io.eventlane.benchmarks.jetstream;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.eventlane.benchmarks.common.Outcome;
import io.eventlane.benchmarks.common.Runs;

/** Collects what came out of all rounds, and says it in a table. */
final class Report {

    private static final String HEADER = String.format("%-42s %12s %8s %9s ", "", "records/s", "of bare", "at least")
            + Runs.header() + String.format(" %8s", "unacked");

    private final Map<Scenario, Map<Arm, Measured>> measured = new LinkedHashMap<>();

    private static final class Measured {

        private final Runs runs = new Runs();
        private long unacknowledged;

        boolean isSound() {
            return runs.areSound() && unacknowledged == 0;
        }
    }

    /**
     * @param unacknowledged messages that the server waited for when the process had ended; 0 of one that published
     */
    void add(Scenario scenario, Arm arm, Outcome outcome, long unacknowledged) {
        Measured all = measured.computeIfAbsent(scenario, key -> new EnumMap<>(Arm.class))
                .computeIfAbsent(arm, key -> new Measured());
        all.runs.add(outcome);
        all.unacknowledged = Math.max(all.unacknowledged, unacknowledged);
    }

    /** Whether Eventlane kept the order, lost nothing and acknowledged everything wherever it was measured. */
    boolean isSound() {
        return measured.values().stream().flatMap(byArm -> byArm.entrySet().stream())
                .allMatch(entry -> !entry.getKey().isOfEventlane() || entry.getValue().isSound());
    }

    String table() {
        StringBuilder table = new StringBuilder();
        measured.forEach((scenario, byArm) -> {
            table.append('\n').append(scenario.title()).append('\n').append(HEADER).append('\n');
            Optional<Runs> yardstick = yardstick(byArm);
            byArm.forEach((arm, all) -> table.append(row(arm, all, yardstick)).append('\n'));
        });
        return table.toString();
    }

    private static Optional<Runs> yardstick(Map<Arm, Measured> byArm) {
        return byArm.entrySet().stream().filter(entry -> entry.getKey().isYardstick())
                .map(entry -> entry.getValue().runs).max(Comparator.comparingDouble(Runs::rate));
    }

    private static String row(Arm arm, Measured all, Optional<Runs> yardstick) {
        List<Double> ratios = yardstick.map(all.runs::ratios).orElse(List.of());
        return String.format("%-42s %,12.0f %8s %9s %s %,8d", arm.title(), all.runs.rate(),
                ratios.isEmpty() ? "-" : ratio(Runs.median(ratios)),
                ratios.isEmpty() ? "-" : ratio(Collections.min(ratios)), all.runs.columns(), all.unacknowledged);
    }

    private static String ratio(double ratio) {
        return String.format("%.2f", ratio);
    }
}
