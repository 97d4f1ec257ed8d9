package io.eventlane.benchmarks.jetstream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much is measured.
 *
 * @param rounds in each of which every arm runs once in every scenario
 * @param scale of the number of records
 * @param records that every arm gets; 0 where each gets what keeps it busy for some seconds
 */
record Plan(List<Scenario> scenarios, int rounds, double scale, int records) {

    /** Of the records, those that are done before the measurement begins. */
    private static final double WARM_UP = 0.5;

    /** What an arm publishes to, or reads: the same as others that get as many records. */
    StreamSpec stream(Scenario scenario, Arm arm) {
        int count = records > 0 ? records : (int) (arm.recordsFor(scenario) * scale);
        String what = scenario.publishing() ? "published" : "consumed";
        return new StreamSpec("%s-%d-bytes-%s-keys-%d-records".formatted(what, scenario.bytes(), scenario.keys(), count),
                count, scenario.keys(), scenario.bytes());
    }

    int warmUp(StreamSpec stream) {
        return (int) (stream.records() * WARM_UP);
    }

    /** All streams that these arms consume. */
    Set<StreamSpec> toFill(List<Arm> arms) {
        return scenarios.stream().filter(scenario -> !scenario.publishing())
                .flatMap(scenario -> arms.stream().filter(scenario::isFor).map(arm -> stream(scenario, arm)))
                .collect(Collectors.toSet());
    }

    /** Those of the arms that a scenario is for, each round beginning with another one. */
    static List<Arm> turns(int round, Scenario scenario, List<Arm> arms) {
        List<Arm> turns = new ArrayList<>(arms);
        turns.removeIf(arm -> !scenario.isFor(arm));
        Collections.rotate(turns, 1 - round);
        return turns;
    }
}
