package io.eventlane.demo.check;

import java.util.ArrayList;
import java.util.List;

/** What became of one event that was run at least once. Published again after a crash, it stands at several positions. */
final class EventHistory {

    final String channel;
    final String key;
    final long number;
    final long made;
    final List<Run> runs = new ArrayList<>();

    EventHistory(Entry entry) {
        channel = entry.channel();
        key = entry.key();
        number = entry.number();
        made = entry.made();
    }

    void started(Entry entry) {
        runs.add(new Run(entry, this));
    }

    void ended(Entry entry) {
        runs.stream().filter(run -> run.isEndedBy(entry)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The journal has the end of a run but not its start: " + entry))
                .end(entry);
    }

    boolean isHandled() {
        return runs.stream().anyMatch(Run::isDone);
    }

    Run firstRun() {
        Run first = runs.getFirst();
        for (Run run : runs) {
            first = run.start < first.start ? run : first;
        }
        return first;
    }

    /** {@link Long#MAX_VALUE} when it never finished. */
    long firstFinish() {
        return runs.stream().filter(Run::isDone).mapToLong(Run::end).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return channel + " " + key + " number " + number;
    }
}
