package io.eventlane.it.guarantees;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.eventlane.it.guarantees.Life.End;
import io.eventlane.it.guarantees.Life.Left;
import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;
import io.eventlane.journal.KeyHistory;

/**
 * A history that a test writes: of one key in one partition, where event number 1 stands at offset 1. Times are in
 * milliseconds.
 */
final class HandMade {

    static final Limits LIMITS = new Limits(1, 10, Duration.ofMillis(500), Duration.ofSeconds(10), false, Duration.ofSeconds(6),
            Duration.ofSeconds(20), false);

    private static final End CLEAN = new Left(nanos(1_000_000), 143, Duration.ofSeconds(1));

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Life> lives = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final List<Window> resets = new ArrayList<>();
    private final Set<String> withoutResult = new HashSet<>();
    private final List<String> uncommitted = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Limits limits = LIMITS;

    HandMade published(long... numbers) {
        for (long number : numbers) {
            add(What.PUBLISHED, "publisher", number, Entry.NONE, Entry.NONE, Entry.NONE);
        }
        return this;
    }

    HandMade ran(String process, long number, long start, long end) {
        return started(process, number, start).add(What.ENDED, process, number, start, end, 1);
    }

    HandMade failed(String process, long number, long attempt, long start, long end) {
        return add(What.STARTED, process, number, start, Entry.NONE, attempt)
                .add(What.FAILED, process, number, start, end, attempt);
    }

    /** A last attempt that ended well. */
    HandMade retried(String process, long number, long attempt, long start, long end) {
        return add(What.STARTED, process, number, start, Entry.NONE, attempt)
                .add(What.ENDED, process, number, start, end, attempt);
    }

    HandMade started(String process, long number, long start) {
        return add(What.STARTED, process, number, start, Entry.NONE, 1);
    }

    HandMade deadLettered(long number) {
        return add(What.DEAD_LETTERED, "dead letters", number, Entry.NONE, Entry.NONE, Entry.NONE);
    }

    HandMade withoutResult(long number) {
        withoutResult.add(position(number));
        return this;
    }

    HandMade uncommitted(String partition) {
        uncommitted.add(partition);
        return this;
    }

    HandMade warned(String warning) {
        warnings.add(warning);
        return this;
    }

    HandMade frozen(String process, long from, long to) {
        lives.put(process, new Life(process, List.of(new Window(nanos(from), nanos(to))), CLEAN));
        return this;
    }

    HandMade killed(String process, long at) {
        return ended(process, new Life.Killed(nanos(at)));
    }

    HandMade ended(String process, End end) {
        lives.put(process, new Life(process, List.of(), end));
        return this;
    }

    HandMade outage(long from, long to) {
        Window window = new Window(nanos(from), nanos(to));
        outages.add(new Outage(window, window));
        return this;
    }

    HandMade reset(long at) {
        resets.add(new Window(nanos(at), nanos(at)));
        return this;
    }

    /** What a process has not handled when it is asked to stop ends with it. */
    HandMade inMemory() {
        limits = new Limits(LIMITS.partitions(), LIMITS.maxSpan(), LIMITS.commitInterval(), LIMITS.revokeTimeout(), false,
                LIMITS.lease(), LIMITS.shutdownTimeout(), true);
        return this;
    }

    History history() {
        Set<String> results = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.what() == What.ENDED) {
                results.add(entry.position());
            }
            if (entry.what() == What.STARTED) {
                lives.putIfAbsent(entry.process(), new Life(entry.process(), List.of(), CLEAN));
            }
        }
        results.removeAll(withoutResult);
        return new History(limits, KeyHistory.of(entries), lives, outages, resets, results, uncommitted,
                warnings);
    }

    private HandMade add(What what, String process, long number, long start, long end, long attempt) {
        entries.add(new Entry(what, process, "events", "key", number, position(number), Entry.NONE, nanos(start), nanos(end),
                attempt));
        return this;
    }

    private static String position(long number) {
        return "events-0@" + number;
    }

    private static long nanos(long millis) {
        return millis == Entry.NONE ? Entry.NONE : TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
