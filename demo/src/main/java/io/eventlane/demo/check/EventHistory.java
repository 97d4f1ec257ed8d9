package io.eventlane.demo.check;

import java.util.ArrayList;
import java.util.List;

/** What became of one event. */
final class EventHistory {

    final String channel;
    final String key;
    final String position;
    final List<Run> runs = new ArrayList<>();
    long number = Entry.NONE;
    long made = Entry.NONE;
    private boolean published;

    EventHistory(Entry entry) {
        channel = entry.channel();
        key = entry.key();
        position = entry.position();
    }

    void add(Entry entry) {
        if (entry.what() == Entry.What.PUBLISHED) {
            published = true;
            return;
        }
        number = entry.number();
        made = entry.made();
        if (entry.what() == Entry.What.STARTED) {
            runs.add(new Run(entry.process(), this, entry.start()));
        } else {
            run(entry).end(entry);
        }
    }

    private Run run(Entry end) {
        return runs.stream().filter(run -> run.start == end.start() && run.process.equals(end.process())).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The journal has the end of a run but not its start: " + end));
    }

    /** Acknowledged to its publisher, and never handled to the end. */
    boolean isLost() {
        return published && !isHandled();
    }

    boolean isHandled() {
        return runs.stream().anyMatch(Run::isDone);
    }

    boolean isStarted() {
        return !runs.isEmpty();
    }

    long firstStart() {
        return runs.stream().mapToLong(run -> run.start).min().orElse(Long.MAX_VALUE);
    }

    /** {@link Long#MAX_VALUE} when it never finished. */
    long firstFinish() {
        return runs.stream().filter(Run::isDone).mapToLong(Run::end).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return channel + " " + key + (number == Entry.NONE ? "" : " number " + number) + " (" + position + ")";
    }
}
