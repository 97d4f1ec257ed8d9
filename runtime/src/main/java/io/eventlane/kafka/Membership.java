package io.eventlane.kafka;

import java.time.Duration;

import io.eventlane.engine.Lease;

/**
 * How long this consumer may believe that its partitions are its own.
 * <p>
 * The coordinator gives a member up when it has had no heartbeat of it for the session timeout, and the member gives
 * itself up when it was not polled for {@code max.poll.interval.ms}; somebody else handles its partitions from then on.
 * A process that was frozen or cut off does not know. What the coordinator has accepted from this member proves that it
 * was one when that was sent. Then its last heartbeat was at most a heartbeat's interval old, so that it stays a member
 * for the rest of the session, and handlers may start for so long. Commits are such proof; where there is nothing new
 * to commit, {@link FrontierCommits} repeats the last one.
 * <p>
 * For the source's thread; the {@linkplain #lease() lease} is asked by workers.
 */
final class Membership {

    private final Lease lease = Lease.ended();
    private final GroupSession session;
    private final long maxPollNanos;
    private long polledAt = System.nanoTime();
    private long confirmedAt;

    /**
     * @param maxPollInterval after which a consumer that is not polled leaves its group
     */
    Membership(GroupSession session, Duration maxPollInterval) {
        this.session = session;
        this.maxPollNanos = maxPollInterval.toNanos();
        this.confirmedAt = polledAt - session.trust().toNanos();
    }

    Lease lease() {
        return lease;
    }

    /** The consumer is about to be polled. */
    void polled() {
        polledAt = System.nanoTime();
    }

    /**
     * @param sentAt when the request was sent that the coordinator has accepted, as {@link System#nanoTime()}
     */
    void confirmed(long sentAt) {
        confirmedAt = sentAt;
        lease.renewUntil(Math.min(session.trust().toNanos(), polledAt + maxPollNanos - sentAt) + sentAt);
    }

    /** The member has left its group, or was told that it is none. */
    void ended() {
        confirmedAt = System.nanoTime() - session.trust().toNanos();
        lease.end();
    }

    /** Whether it is time for another proof: a fifth of the time for which one is good has passed since the last. */
    boolean isDue(long now) {
        return now - confirmedAt > session.trust().toNanos() / 5;
    }

    boolean isHeld() {
        return lease.isHeld(System.nanoTime());
    }

    /** When the last proof was sent, as {@link System#nanoTime()}; meaningless before the first. */
    long confirmedAt() {
        return confirmedAt;
    }
}
