package io.eventlane.it.guarantees;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.eventlane.journal.KeyHistory;
import io.eventlane.journal.Run;

/**
 * The events of a key start in their order, each after the one before has finished; a repetition goes back to one and
 * leaves out none that follows it. A process that was frozen starts nothing of what others have taken
 * over, and one that is cut off for longer than its group waits for it starts nothing at all.
 */
final class OrderPerKey implements Guarantee {

    @Override
    public List<String> violations(History history) {
        List<String> found = new ArrayList<>();
        boolean committed = !history.isHindered();
        for (KeyHistory key : history.perKey()) {
            key.disorder().values().forEach(disorder -> found.add("inversion: " + disorder));
            if (committed) {
                key.runs().stream().filter(run -> isStale(history, run, key.runs())).forEach(run -> found.add(
                        "inversion: %s started in %s after it was thawed, and another process had taken over".formatted(run,
                                run.process())));
            }
        }
        history.events().flatMap(event -> event.runs().stream()).filter(run -> isUnconfirmed(history, run)).forEach(run -> found
                .add("inversion: %s started in %s, which was cut off for longer than its group waits".formatted(run,
                        run.process())));
        return found;
    }

    private static boolean isUnconfirmed(History history, Run run) {
        return history.outages().stream()
                .anyMatch(outage -> outage.isUnconfirmed(run.start(), history.limits().lease().toNanos()));
    }

    /**
     * Whether a run repeats, in a process that was frozen, what another has done since. The process can own that event
     * again only after the other has given it back, and what is given back is committed, unless something hinders it:
     * a key that waits for a retry, a handler that outlives the revoke timeout, a broker out of reach, or the other's own
     * death.
     */
    private static boolean isStale(History history, Run run, List<Run> runs) {
        Run last = lastBefore(run, runs);
        return last != null && !last.process().equals(run.process()) && last.event().number() >= run.event().number()
                && history.lifeOf(run).freezes().stream()
                        .anyMatch(freeze -> run.start() > freeze.to() && last.start() > freeze.from())
                && !isOver(history.lifeOf(last), run.start());
    }

    private static Run lastBefore(Run run, List<Run> runs) {
        return runs.stream().filter(other -> other.start() < run.start()).max(Comparator.comparingLong(Run::start))
                .orElse(null);
    }

    private static boolean isOver(Life life, long time) {
        return life.end() instanceof Life.Killed killed && killed.at() < time
                || life.freezes().stream().anyMatch(freeze -> freeze.from() < time);
    }
}
