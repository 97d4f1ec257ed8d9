package io.eventlane.it.guarantees;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.eventlane.journal.Run;

/**
 * An event is handled again only when a process ended or was cut off without a chance to commit, and then at most what
 * it had not committed is: what may stand above the frontier of its partitions, and what it finished in its last commit
 * interval. A clean leave and a clean join repeat nothing, unless a key waits for a retry or a handler outlives the revoke
 * timeout.
 */
final class BoundedDuplicates implements Guarantee {

    /** How long a commit may be on its way, on a busy machine. */
    private static final Duration COMMIT_TAKES = Duration.ofSeconds(2);

    @Override
    public List<String> violations(History history) {
        long duplicates = history.duplicates();
        long allowed = allowed(history);
        if (duplicates <= allowed) {
            return List.of();
        }
        String examples = String.join(", ", history.events().filter(event -> History.duplicates(event) > 0)
                .map(event -> event.runs().getFirst() + " ran " + event.runs().size() + " times").limit(3).toList());
        return List.of("duplicates: %d, of which %d are allowed: %s, …".formatted(duplicates, allowed, examples));
    }

    private static long allowed(History history) {
        Limits limits = history.limits();
        long disturbances = disturbances(history).count();
        if (limits.hasty() || history.events().anyMatch(event -> event.failures() > 0)) {
            // Each process that joins or leaves may find keys that wait for a retry, or handlers that outlive the wait.
            disturbances += 2L * history.lives().size();
        }
        return disturbances * limits.maxSpan() * limits.partitions()
                + disturbances(history).mapToLong(cut -> finishedSince(history, cut)).sum();
    }

    /** Each time that a process could not commit. */
    private static Stream<Cut> disturbances(History history) {
        return history.lives().entrySet().stream().flatMap(entry -> {
            Life life = entry.getValue();
            Stream<Cut> ends = life.end() instanceof Life.Killed killed
                    ? Stream.of(new Cut(entry.getKey(), new Window(killed.at(), killed.at())))
                    : Stream.empty();
            return Stream.of(ends, life.freezes().stream().map(freeze -> new Cut(entry.getKey(), freeze)),
                    history.outages().stream().map(outage -> new Cut(entry.getKey(), outage.around())),
                    history.resets().stream().map(reset -> new Cut(entry.getKey(), reset))).flatMap(cuts -> cuts);
        });
    }

    private record Cut(String process, Window window) {
    }

    private static long finishedSince(History history, Cut cut) {
        long slack = history.limits().commitInterval().plus(COMMIT_TAKES).toNanos();
        return history.events().flatMap(event -> event.runs().stream()).filter(run -> run.process().equals(cut.process))
                .filter(run -> run.end() >= cut.window.from() - slack
                        && run.end() <= cut.window.to() + TimeUnit.SECONDS.toNanos(1))
                .filter(run -> !run.isOpen()).map(Run::position).distinct().count();
    }
}
