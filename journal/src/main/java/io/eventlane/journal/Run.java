package io.eventlane.journal;

import org.jspecify.annotations.Nullable;

/** One run of a handler. It has no end when its process died, or has not got there yet. */
public final class Run {

    private final EventHistory event;
    private final Entry begin;
    private @Nullable Entry end;

    Run(Entry begin, EventHistory event) {
        this.event = event;
        this.begin = begin;
    }

    public EventHistory event() {
        return event;
    }

    public String process() {
        return begin.process();
    }

    public String position() {
        return begin.position();
    }

    public long start() {
        return begin.start();
    }

    /** Which run of the event it was in its process, from 1. */
    public long attempt() {
        return begin.attempt();
    }

    /** The place of its event in the partition. */
    public long offset() {
        return offset(position());
    }

    /** The place in the partition that a position names. */
    public static long offset(String position) {
        return Long.parseLong(position.substring(position.lastIndexOf('@') + 1));
    }

    boolean isEndedBy(Entry entry) {
        return start() == entry.start() && position().equals(entry.position()) && process().equals(entry.process());
    }

    void end(Entry entry) {
        end = entry;
    }

    public boolean isOpen() {
        return end == null;
    }

    public boolean isDone() {
        return end != null && end.what() == Entry.What.ENDED;
    }

    public boolean isFailed() {
        return end != null && end.what() == Entry.What.FAILED;
    }

    /** Its end, or its start where it is open. */
    public long end() {
        return end == null ? start() : end.end();
    }

    @Override
    public String toString() {
        return event + " (" + position() + ")";
    }
}
