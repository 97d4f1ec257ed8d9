package io.eventlane.it.guarantees;

import java.util.List;
import java.util.Map;

/**
 * How a scenario went.
 *
 * @param acknowledged how many events were published
 * @param violations by the names of the guarantees that were broken
 */
record Outcome(Scenario scenario, long acknowledged, History history, Map<String, List<String>> violations,
        double seconds) {

    private static final int MOST_SHOWN = 5;

    long lost() {
        return history.perKey().stream().mapToLong(key -> history.lost(key).count()).sum();
    }

    long violations(Guarantee guarantee) {
        return violations.getOrDefault(guarantee.name(), List.of()).size();
    }

    boolean isGood() {
        return violations.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("  %s after %.0f s: %,d events, %d lost, %d duplicates, %d excused overlaps"
                .formatted(isGood() ? "good" : "BROKEN", seconds, acknowledged, lost(), history.duplicates(),
                        history.excusedOverlaps()));
        violations.forEach((guarantee, found) -> {
            text.append("\n  BROKEN ").append(guarantee).append(", ").append(found.size()).append(" times");
            found.stream().limit(MOST_SHOWN).forEach(violation -> text.append("\n    ").append(violation));
        });
        if (!isGood()) {
            text.append("\n  Again: ./dev soak --broker=").append(scenario.broker().asked())
                    .append(" --minutes=0 --seed=").append(scenario.seed());
        }
        return text.toString();
    }
}
