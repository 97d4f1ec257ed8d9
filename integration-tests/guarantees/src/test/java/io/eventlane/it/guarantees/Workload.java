package io.eventlane.it.guarantees;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

import io.eventlane.it.guarantees.Scenario.Times;

/** The events of a scenario, one after the other: the same for the same scenario. */
final class Workload {

    private static final int ZIPF_KEYS = 50;
    private static final int UNIFORM_KEYS = 200;
    private static final double SLOW = 0.01;
    private static final int SLOW_MILLIS = 300;
    private static final int SLOWEST_MILLIS = 1_500;
    private static final double POISON = 0.01;

    /** An event and its key. */
    record Keyed(String key, Work work) {
    }

    private final Scenario scenario;
    private final SplittableRandom random;
    private final Map<String, Long> numbers = new HashMap<>();
    private long made;

    Workload(Scenario scenario) {
        this.scenario = scenario;
        this.random = new SplittableRandom(~scenario.seed());
    }

    /** How long a handler takes in the mean, in milliseconds. */
    static double meanMillis(Times times) {
        return switch (times) {
            case ZERO -> 0;
            case SHORT -> 3;
            case LONG -> 100;
            case BIMODAL -> 3 + SLOW * (SLOW_MILLIS + SLOWEST_MILLIS) / 2;
        };
    }

    /** How long a handler takes at most, in milliseconds. */
    static double mostMillis(Times times) {
        return switch (times) {
            case ZERO -> 0;
            case SHORT -> 5;
            case LONG -> 150;
            case BIMODAL -> SLOWEST_MILLIS;
        };
    }

    /** Which part of the events has the most frequent key. */
    static double zipfShareOfFirst() {
        double all = 0;
        for (int rank = 1; rank <= ZIPF_KEYS; rank++) {
            all += 1.0 / rank;
        }
        return 1 / all;
    }

    Keyed next() {
        String key = "key-" + keyIndex();
        long number = numbers.merge(key, 1L, Long::sum);
        made++;
        return new Keyed(key, new Work(number, millis(), failures()));
    }

    private long keyIndex() {
        return switch (scenario.keys()) {
            case ONE -> 0;
            case ZIPF -> zipf();
            case UNIFORM -> random.nextInt(UNIFORM_KEYS);
            case DISTINCT -> made;
        };
    }

    private int zipf() {
        double left = random.nextDouble() / zipfShareOfFirst();
        for (int rank = 1; rank < ZIPF_KEYS; rank++) {
            left -= 1.0 / rank;
            if (left < 0) {
                return rank;
            }
        }
        return ZIPF_KEYS;
    }

    private int millis() {
        boolean slow = random.nextDouble() < SLOW;
        return switch (scenario.times()) {
            case ZERO -> 0;
            case SHORT -> 1 + random.nextInt(5);
            case LONG -> 50 + random.nextInt(100);
            case BIMODAL -> slow ? random.nextInt(SLOW_MILLIS, SLOWEST_MILLIS) : 1 + random.nextInt(5);
        };
    }

    private int failures() {
        double chance = random.nextDouble();
        int times = 1 + random.nextInt(2);
        if (scenario.deadLetters() && chance > 1 - POISON) {
            return Work.POISON;
        }
        return chance < scenario.failing() ? times : 0;
    }
}
