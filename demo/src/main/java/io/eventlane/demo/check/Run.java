package io.eventlane.demo.check;

import org.jspecify.annotations.Nullable;

/** One run of a handler. It has no end when its process died, or has not got there yet. */
final class Run {

    final EventHistory event;
    final String process;
    final String position;
    final long start;
    private @Nullable Entry end;

    Run(Entry entry, EventHistory event) {
        this.event = event;
        this.process = entry.process();
        this.position = entry.position();
        this.start = entry.start();
    }

    boolean isEndedBy(Entry entry) {
        return start == entry.start() && position.equals(entry.position()) && process.equals(entry.process());
    }

    void end(Entry entry) {
        end = entry;
    }

    boolean isOpen() {
        return end == null;
    }

    boolean isDone() {
        return end != null && end.what() == Entry.What.ENDED;
    }

    /** Its end, or its start where it is open. */
    long end() {
        return end == null ? start : end.end();
    }

    @Override
    public String toString() {
        return event + " (" + position + ")";
    }
}
