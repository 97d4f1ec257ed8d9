package io.eventlane.demo.check;

import org.jspecify.annotations.Nullable;

/** One run of a handler. It has no end when its process died, or has not got there yet. */
final class Run {

    final String process;
    final EventHistory event;
    final long start;
    private @Nullable Entry end;

    Run(String process, EventHistory event, long start) {
        this.process = process;
        this.event = event;
        this.start = start;
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
        return event + " in " + process;
    }
}
