package io.eventlane.jetstream;

import java.util.HashMap;
import java.util.Map;

import io.eventlane.engine.Lease;

/**
 * The right of a channel to start handlers, which is that of the group which was heard of the longest ago. For the source's
 * thread.
 */
final class LeaseOfGroups {

    private final Lease lease;
    private final Map<String, Long> until = new HashMap<>();

    LeaseOfGroups(Lease lease) {
        this.lease = lease;
    }

    /** The group must be heard of before anything starts. */
    void needs(String group) {
        until.put(group, System.nanoTime());
    }

    /**
     * @param time as {@link System#nanoTime()}
     */
    void renew(String group, long time) {
        until.put(group, time);
        until.values().stream().min((a, b) -> Long.signum(a - b)).ifPresent(lease::renewUntil);
    }

    void end(String group) {
        until.put(group, System.nanoTime());
        lease.end();
    }

    boolean isHeld(long now) {
        return lease.isHeld(now);
    }
}
