package io.eventlane.it.guarantees;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

import io.eventlane.it.guarantees.Step.What;

/** Sums up scenarios. */
final class Tally {

    private final List<Outcome> outcomes = new ArrayList<>();

    void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    long events() {
        return sum(Outcome::acknowledged);
    }

    /** One table. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("\n");
        line(table, "scenarios", outcomes.size());
        line(table, "seconds", (long) outcomes.stream().mapToDouble(Outcome::seconds).sum());
        line(table, "events", events());
        line(table, "joins", sum(o -> o.scenario().processes() + o.scenario().count(What.JOIN, false)));
        line(table, "leaves", sum(o -> o.scenario().count(What.LEAVE, false)));
        line(table, "kills", sum(o -> o.scenario().count(What.KILL, false)));
        line(table, "freezes", sum(o -> o.scenario().count(What.FREEZE, false)));
        line(table, "broker kills", sum(o -> o.scenario().count(What.KILL, true)));
        line(table, "broker freezes", sum(o -> o.scenario().count(What.FREEZE, true)));
        line(table, "connection resets", sum(o -> o.scenario().count(What.RESET, true)));
        line(table, "deletions", sum(o -> o.scenario().count(What.DELETE, true)));
        line(table, "changes of leaders", sum(o -> o.scenario().count(What.STEP_DOWN, true)));
        line(table, "stalls", sum(o -> o.scenario().count(What.STALL, true)));
        line(table, "lost", sum(Outcome::lost));
        line(table, "inversions", sum(o -> o.violations(new OrderPerKey())));
        line(table, "overlaps", sum(o -> o.violations(new SerialPerKey())));
        line(table, "overlaps after loss", sum(o -> o.history().excusedOverlaps()));
        line(table, "duplicates", sum(o -> o.history().duplicates()));
        line(table, "broken scenarios", outcomes.stream().filter(o -> !o.isGood()).count());
        return table.toString();
    }

    private long sum(ToLongFunction<Outcome> what) {
        return outcomes.stream().mapToLong(what).sum();
    }

    private static void line(StringBuilder table, String name, long number) {
        table.append(String.format(Locale.ROOT, "  %-20s %,d%n", name, number));
    }
}
