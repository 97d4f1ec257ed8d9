package io.eventlane.kafka;

import java.time.Duration;

import io.eventlane.engine.Lease;

/**
 * How long this consumer may believe that its partitions are its own.
 * <p>
 * The coordinator gives a member up when it has not heard of it for the session timeout, and somebody else handles its
 * partitions from then on. A process that was frozen or cut off does not know. What the coordinator has accepted from
 * this member proves that it was one when that was sent, so handlers may start for a session timeout from then on: a
 * member that is given up later is given up after that. Commits are such proof; where there is nothing new to commit,
 * {@link FrontierCommits} repeats the last one.
 * <p>
 * For the source's thread; the {@linkplain #lease() lease} is asked by workers.
 */
final class Membership {

    private final Lease lease = Lease.ended();
    private final long sessionNanos;

    /**
     * @param sessionTimeout after which the coordinator gives up a member that it does not hear of
     */
    Membership(Duration sessionTimeout) {
        this.sessionNanos = sessionTimeout.toNanos();
    }

    Lease lease() {
        return lease;
    }

    /**
     * @param sentAt when the request was sent that the coordinator has accepted, as {@link System#nanoTime()}
     */
    void confirmed(long sentAt) {
        lease.renewUntil(sentAt + sessionNanos);
    }

    /** The member has left its group, or was told that it is none. */
    void ended() {
        lease.end();
    }

    /** Whether it is time for another proof: a fifth of the session has passed since the last one. */
    boolean isDue(long now) {
        return now - lease.until() + sessionNanos / 5 * 4 > 0;
    }

    boolean isHeld() {
        return lease.isHeld(System.nanoTime());
    }

    /** When the last proof was sent, as {@link System#nanoTime()}; meaningless before the first. */
    long confirmedAt() {
        return lease.until() - sessionNanos;
    }
}
