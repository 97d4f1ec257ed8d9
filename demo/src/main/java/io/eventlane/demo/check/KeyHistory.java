package io.eventlane.demo.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What became of the events of one key, and in which order. */
final class KeyHistory {

    private final Map<Long, EventHistory> events = new HashMap<>();
    private final Set<String> unhandled = new TreeSet<>();
    private final Set<String> handled = new HashSet<>();

    void add(Entry entry) {
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
                handled.add(entry.position());
                unhandled.remove(entry.position());
            }
        }
    }

    private EventHistory event(Entry entry) {
        return events.computeIfAbsent(entry.number(), number -> new EventHistory(entry));
    }

    /** Those that were run at least once. */
    Collection<EventHistory> events() {
        return events.values();
    }

    /** The positions that the broker has acknowledged, and that were never handled to the end. */
    Set<String> lost() {
        return unhandled;
    }

    /** How many of the lost ones were not even started. */
    long neverStarted() {
        Set<String> started = events.values().stream().flatMap(event -> event.runs.stream()).map(run -> run.position)
                .collect(Collectors.toSet());
        return unhandled.stream().filter(position -> !started.contains(position)).count();
    }

    /**
     * The runs that broke the order of the key, each with how it did. Three things do:
     * <ol>
     * <li>an event starts for the first time before every earlier one has finished for the first time;
     * <li>events run again, as they must when a process died, but one of those in between is left out;
     * <li>two runs overlap in one process.
     * </ol>
     * Events that never started are not looked at: they are lost, and counted as that.
     */
    Map<Run, String> inversions() {
        Map<Run, String> found = new LinkedHashMap<>();
        findOvertaking(found);
        findSkipped(found);
        findOverlaps(found);
        return found;
    }

    private void findOvertaking(Map<Run, String> found) {
        List<EventHistory> inOrder = events.values().stream()
                .sorted(Comparator.comparingLong(event -> event.number)).toList();
        EventHistory latest = null;
        for (EventHistory event : inOrder) {
            Run run = event.firstRun();
            if (latest != null && run.start < latest.firstFinish()) {
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
        List<String> positions = runs.stream().map(run -> run.position).distinct()
                .sorted(Comparator.comparingLong(KeyHistory::offset)).toList();
        Map<String, Integer> places = new HashMap<>();
        positions.forEach(position -> places.put(position, places.size()));
        Set<String> seen = new HashSet<>();
        int last = -1;
        int highest = -1;
        for (Run run : runs) {
            int place = places.getOrDefault(run.position, 0);
            boolean again = !seen.add(run.position);
            if (place > last + 1 && (again || last < highest)) {
                found.putIfAbsent(run,
                        run + " ran after " + positions.get(last) + ", and what is between did not run again");
            }
            last = again || last < highest ? place : Math.max(last, place);
            highest = Math.max(highest, place);
        }
    }

    private static long offset(String position) {
        return Long.parseLong(position.substring(position.lastIndexOf('@') + 1));
    }

    private void findOverlaps(Map<Run, String> found) {
        Map<String, Run> latest = new HashMap<>();
        for (Run run : runs()) {
            Run before = latest.get(run.process);
            if (before != null && (before.isOpen() || before.end() > run.start)) {
                found.putIfAbsent(run, run + " started while " + before + " ran");
            }
            if (before == null || run.isOpen() || !before.isOpen() && run.end() > before.end()) {
                latest.put(run.process, run);
            }
        }
    }

    /** Runs that overlapped with one in another process, as is possible when a member is given up for dead and is not. */
    long overlapsBetweenProcesses() {
        List<Run> runs = runs();
        long overlaps = 0;
        Run latest = null;
        for (Run run : runs) {
            if (latest != null && !latest.process.equals(run.process) && latest.end() > run.start) {
                overlaps++;
            }
            if (latest == null || run.end() > latest.end()) {
                latest = run;
            }
        }
        return overlaps;
    }

    private List<Run> runs() {
        return events.values().stream().flatMap(event -> event.runs.stream())
                .sorted(Comparator.comparingLong(run -> run.start)).toList();
    }
}
