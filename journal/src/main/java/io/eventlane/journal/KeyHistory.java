package io.eventlane.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What became of the events of one key, and in which order. */
public final class KeyHistory {

    private final Map<Long, EventHistory> events = new HashMap<>();
    private final Set<String> unhandled = new TreeSet<>();
    private final Set<String> handled = new HashSet<>();

    /** The history of each key; the names are the channel and the key, with a blank between. */
    public static Map<String, KeyHistory> of(Collection<Entry> entries) {
        Map<String, KeyHistory> keys = new TreeMap<>();
        // A run's end is written by the thread that wrote its start, so it stands behind it.
        for (Entry entry : entries) {
            keys.computeIfAbsent(entry.channel() + " " + entry.key(), key -> new KeyHistory()).add(entry);
        }
        return keys;
    }

    private void add(Entry entry) {
        switch (entry.what()) {
            case PUBLISHED -> {
                if (!handled.contains(entry.position())) {
                    unhandled.add(entry.position());
                }
            }
            case STARTED -> event(entry).started(entry);
            case FAILED -> event(entry).ended(entry);
            case ENDED -> {
                event(entry).ended(entry);
                finished(entry);
            }
            case DEAD_LETTERED -> {
                event(entry).deadLettered();
                finished(entry);
            }
        }
    }

    private void finished(Entry entry) {
        handled.add(entry.position());
        unhandled.remove(entry.position());
    }

    private EventHistory event(Entry entry) {
        return events.computeIfAbsent(entry.number(), number -> new EventHistory(entry));
    }

    // What became of them

    /** Those that were run at least once. */
    public Collection<EventHistory> events() {
        return events.values();
    }

    /** All runs, by their starts. */
    public List<Run> runs() {
        return events.values().stream().flatMap(event -> event.runs().stream())
                .sorted(Comparator.comparingLong(Run::start)).toList();
    }

    /** The positions that the broker has acknowledged, and that were neither handled to the end nor dead-lettered. */
    public Set<String> lost() {
        return unhandled;
    }

    /** How many of the lost ones were not even started. */
    public long neverStarted() {
        Set<String> started = events.values().stream().flatMap(event -> event.runs().stream()).map(Run::position)
                .collect(Collectors.toSet());
        return unhandled.stream().filter(position -> !started.contains(position)).count();
    }

    // In which order

    /**
     * The runs that broke the order of the key, each with how it did: those of {@link #disorder()}, and those that
     * overlap with another in their own process.
     */
    public Map<Run, String> inversions() {
        Map<Run, String> found = disorder();
        overlaps().stream().filter(overlap -> isInOneProcess(overlap))
                .forEach(overlap -> found.putIfAbsent(overlap.run(), overlap.toString()));
        return found;
    }

    /**
     * The runs that came too early, each with how they did. Two things make it so:
     * <ol>
     * <li>an event starts for the first time before every earlier one has finished for the first time;
     * <li>events run again, as they must when a process died, but one of those in between is left out.
     * </ol>
     * Events that never started are not looked at: they are lost, and counted as that.
     */
    public Map<Run, String> disorder() {
        Map<Run, String> found = new LinkedHashMap<>();
        findOvertaking(found);
        findSkipped(found);
        return found;
    }

    /**
     * Runs that started while another ran: in their own process, or in another, as is possible when a member is given
     * up for dead and is not.
     */
    public List<Overlap> overlaps() {
        List<Overlap> found = new ArrayList<>();
        Map<String, Run> latest = new TreeMap<>();
        for (Run run : runs()) {
            latest.forEach((process, before) -> {
                boolean own = process.equals(run.process());
                if (before.end() > run.start() || own && before.isOpen()) {
                    found.add(new Overlap(before, run));
                }
            });
            Run before = latest.get(run.process());
            if (before == null || run.isOpen() || !before.isOpen() && run.end() > before.end()) {
                latest.put(run.process(), run);
            }
        }
        return found;
    }

    /** How many runs started while one in another process ran. */
    public long overlapsBetweenProcesses() {
        return overlaps().stream().filter(overlap -> !isInOneProcess(overlap)).map(Overlap::run).distinct().count();
    }

    private static boolean isInOneProcess(Overlap overlap) {
        return overlap.before().process().equals(overlap.run().process());
    }

    private void findOvertaking(Map<Run, String> found) {
        List<EventHistory> inOrder = events.values().stream().filter(event -> !event.runs().isEmpty())
                .sorted(Comparator.comparingLong(EventHistory::number)).toList();
        EventHistory latest = null;
        for (EventHistory event : inOrder) {
            Run run = event.firstRun();
            if (latest != null && run.start() < latest.firstFinish()) {
                found.put(run, run + " started before " + latest.firstRun() + " had finished");
            }
            if (latest == null || event.firstFinish() > latest.firstFinish()) {
                latest = event;
            }
        }
    }

    /** By position, for that is what a consumer goes back to: an event that was published again stands at several. */
    private void findSkipped(Map<Run, String> found) {
        List<Run> runs = runs();
        List<String> positions = runs.stream().sorted(Comparator.comparingLong(Run::offset)).map(Run::position).distinct()
                .toList();
        Map<String, Integer> places = new HashMap<>();
        positions.forEach(position -> places.put(position, places.size()));
        Set<String> seen = new HashSet<>();
        int last = -1;
        int highest = -1;
        for (Run run : runs) {
            int place = places.getOrDefault(run.position(), 0);
            boolean again = !seen.add(run.position());
            if (place > last + 1 && (again || last < highest)) {
                found.putIfAbsent(run,
                        run + " ran after " + positions.get(last) + ", and what is between did not run again");
            }
            last = again || last < highest ? place : Math.max(last, place);
            highest = Math.max(highest, place);
        }
    }
}
