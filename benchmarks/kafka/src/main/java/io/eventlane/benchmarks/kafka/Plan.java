package io.eventlane.benchmarks.kafka;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much is measured.
 *
 * @param rounds in each of which every arm runs once in every scenario
 * @param scale of the number of records
 */
record Plan(List<Scenario> scenarios, int rounds, double scale) {

    /** Of the records, those that are handled before the measurement begins. */
    private static final double WARM_UP = 0.5;

    /** Slow arms get fewer records, so that every process warms up for some seconds and measures for as long. */
    TopicSpec topic(Scenario scenario, Arm arm) {
        int records = scenario.parks() ? recordsForParking(arm) : recordsForCounting(arm);
        return new TopicSpec((int) (records * scale), scenario.keys());
    }

    int warmUp(TopicSpec topic) {
        return (int) (topic.records() * WARM_UP);
    }

    /** All topics that these arms read. */
    Set<TopicSpec> topics(List<Arm> arms) {
        return scenarios.stream()
                .flatMap(scenario -> arms.stream().map(arm -> topic(scenario, arm)))
                .collect(Collectors.toSet());
    }

    private static int recordsForCounting(Arm arm) {
        return switch (arm) {
            case BARE, EVENTLANE -> 6_000_000;
            case SMALLRYE_VIRTUAL -> 1_000_000;
            case SMALLRYE -> 300_000;
        };
    }

    private static int recordsForParking(Arm arm) {
        return switch (arm) {
            case BARE, SMALLRYE -> 600;
            case SMALLRYE_VIRTUAL -> 300_000;
            case EVENTLANE -> 500_000;
        };
    }
}
