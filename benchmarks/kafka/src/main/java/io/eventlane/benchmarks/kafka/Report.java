package io.eventlane.benchmarks.kafka;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.eventlane.benchmarks.common.Outcome;
import io.eventlane.benchmarks.common.Runs;

/** Collects the outcomes of all rounds, and says in a table what came out. */
final class Report {

    private static final String HEADER = String.format("%-30s %12s %9s ", "", "records/s", "of bare") + Runs.header();

    private final Map<Scenario, Map<Arm, Runs>> outcomes = new LinkedHashMap<>();

    void add(Scenario scenario, Arm arm, Outcome outcome) {
        outcomes.computeIfAbsent(scenario, key -> new EnumMap<>(Arm.class)).computeIfAbsent(arm, key -> new Runs())
                .add(outcome);
    }

    /** Whether Eventlane kept the order and lost nothing wherever it was measured. */
    boolean isSound() {
        return outcomes.values().stream()
                .allMatch(byArm -> !byArm.containsKey(Arm.EVENTLANE) || byArm.get(Arm.EVENTLANE).areSound());
    }

    String table() {
        StringBuilder table = new StringBuilder();
        outcomes.forEach((scenario, byArm) -> {
            table.append('\n').append(scenario.title()).append('\n').append(HEADER).append('\n');
            double bare = byArm.containsKey(Arm.BARE) ? byArm.get(Arm.BARE).rate() : Double.NaN;
            byArm.forEach((arm, runs) -> table.append(row(arm, runs, bare)).append('\n'));
        });
        return table.toString();
    }

    private static String row(Arm arm, Runs runs, double bare) {
        return String.format("%-30s %,12.0f %9s %s", arm.title(), runs.rate(),
                Double.isNaN(bare) ? "-" : String.format("%.2f", runs.rate() / bare), runs.columns());
    }
}
