package io.eventlane.it.guarantees;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.eventlane.journal.EventHistory;
import io.eventlane.journal.KeyHistory;
import io.eventlane.journal.Overlap;
import io.eventlane.journal.Run;

/**
 * All that is known of a scenario once it is over.
 *
 * @param keys what became of the events of each key
 * @param lives what was done to the processes, by the names of their journals
 * @param outages when the broker was down, frozen or cut off
 * @param resets when all connections to the broker were reset
 * @param results the positions whose results were published
 * @param uncommitted the partitions that were never committed to their end, each with how far they were
 * @param warnings what Eventlane warned of in the processes' logs
 */
record History(Limits limits, Map<String, KeyHistory> keys, Map<String, Life> lives, List<Outage> outages,
        List<Window> resets,
        Set<String> results, List<String> uncommitted, List<String> warnings) {

    /** How much of the revoke timeout a run takes that outlives it: it is under way a while before its handler notes it. */
    private static final double OUTLIVES = 0.8;
    /** How long a result may wait to be read in its own process, on a busy machine. */
    private static final Duration RESULT_TAKES = Duration.ofSeconds(1);

    Collection<KeyHistory> perKey() {
        return keys.values();
    }

    Stream<EventHistory> events() {
        return keys.values().stream().flatMap(key -> key.events().stream());
    }

    /** Whether the broker or a handler was in the way of what a process had to do. */
    boolean isHindered() {
        return limits.hasty() || !outages.isEmpty() || !resets.isEmpty() || events().anyMatch(event -> event.failures() > 0);
    }

    long duplicates() {
        return events().mapToLong(History::duplicates).sum();
    }

    /** The runs of an event beyond one for each attempt that failed and one that did not. */
    static long duplicates(EventHistory event) {
        long failed = event.runs().stream().filter(Run::isFailed).mapToLong(Run::attempt).distinct().count();
        long good = event.runs().stream().allMatch(Run::isFailed) ? 0 : 1;
        return event.runs().size() - failed - good;
    }

    /**
     * How many runs overlapped as nobody can prevent: they were under way already when their process lost their
     * partition.
     */
    long excusedOverlaps() {
        return perKey().stream().flatMap(key -> key.overlaps().stream()).filter(this::isExcused).map(Overlap::before)
                .distinct().count();
    }

    /**
     * Whether the earlier of two runs at once was under way before its process was frozen or cut off, or went on past
     * the revoke timeout. A run that starts in a process that was given up for dead is never excused.
     */
    boolean isExcused(Overlap overlap) {
        Run before = overlap.before();
        if (before.process().equals(overlap.run().process())) {
            return false;
        }
        return lifeOf(before).freezes().stream().anyMatch(freeze -> isUnderWay(before, overlap.run(), freeze))
                || outages.stream().anyMatch(outage -> isUnderWay(before, overlap.run(), outage.around()))
                || before.end() - before.start() >= limits.revokeTimeout().toNanos() * OUTLIVES;
    }

    private static boolean isUnderWay(Run before, Run run, Window disturbance) {
        return before.start() <= disturbance.to() && run.start() >= disturbance.from() && before.end() >= disturbance.from();
    }

    /**
     * The positions of a key that were lost. Where what is not handled ends with its process, that may be the event that the
     * key had come to, if it had failed, and what follows it: those are left out.
     */
    Stream<String> lost(KeyHistory key) {
        return key.lost().stream().filter(position -> !limits.forgets() || isPassed(position, key.runs()));
    }

    /** Whether the key had come to a later event, or was handling this one. */
    private static boolean isPassed(String position, List<Run> runs) {
        return runs.stream().anyMatch(run -> run.offset() > Run.offset(position)
                || run.position().equals(position) && run.isOpen());
    }

    /** Whether the result of a run may have been published when nobody in its process read results any more. */
    boolean isForgotten(Run run) {
        return limits.forgets() && lifeOf(run).end() instanceof Life.Left left
                && run.end() >= left.at() - RESULT_TAKES.toNanos();
    }

    Life lifeOf(Run run) {
        Life life = lives.get(run.process());
        if (life == null) {
            throw new IllegalArgumentException("A run in " + run.process() + ", which is none of " + lives.keySet());
        }
        return life;
    }
}
