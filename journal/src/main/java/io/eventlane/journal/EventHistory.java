package io.eventlane.journal;

import java.util.ArrayList;
import java.util.List;

/** What became of one event that was run at least once. Published again after a crash, it stands at several positions. */
public final class EventHistory {

    private final String channel;
    private final String key;
    private final long number;
    private final long made;
    private final List<Run> runs = new ArrayList<>();
    private boolean deadLettered;

    EventHistory(Entry entry) {
        channel = entry.channel();
        key = entry.key();
        number = entry.number();
        made = entry.made();
    }

    public long number() {
        return number;
    }

    /** When it was made, before it was published. */
    public long made() {
        return made;
    }

    /** In the order in which they were added. */
    public List<Run> runs() {
        return runs;
    }

    void started(Entry entry) {
        runs.add(new Run(entry, this));
    }

    void ended(Entry entry) {
        runs.stream().filter(run -> run.isEndedBy(entry)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The journal has the end of a run but not its start: " + entry))
                .end(entry);
    }

    void deadLettered() {
        deadLettered = true;
    }

    /** Whether a run of it ended well. */
    public boolean isHandled() {
        return runs.stream().anyMatch(Run::isDone);
    }

    /** How many runs of it failed. */
    public long failures() {
        return runs.stream().filter(Run::isFailed).count();
    }

    Run firstRun() {
        Run first = runs.getFirst();
        for (Run run : runs) {
            first = run.start() < first.start() ? run : first;
        }
        return first;
    }

    /**
     * When a run of it first ended well, or, where it was dead-lettered, when its last attempt first failed;
     * {@link Long#MAX_VALUE} when neither did.
     */
    public long firstFinish() {
        long last = runs.stream().filter(Run::isFailed).mapToLong(Run::attempt).max().orElse(Long.MAX_VALUE);
        return runs.stream().filter(run -> run.isDone() || deadLettered && run.isFailed() && run.attempt() == last)
                .mapToLong(Run::end).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public String toString() {
        return channel + " " + key + " number " + number;
    }
}
