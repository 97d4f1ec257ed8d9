package io.eventlane.engine;

/**
 * The right to start handlers, which ends by itself unless it is renewed in time. A source that may lose its
 * partitions without being asked, because it was frozen or cut off, renews it as often as it knows that they still are
 * its own. Once it has ended nothing starts; what runs goes on.
 * <p>
 * Renewed and ended by the source's thread, asked by any.
 */
public final class Lease {

    private volatile long until;

    private Lease(long until) {
        this.until = until;
    }

    /** A lease that never ends. */
    public static Lease unlimited() {
        return new Lease(System.nanoTime() + Long.MAX_VALUE / 2);
    }

    /** A lease that has to be renewed before anything starts. */
    public static Lease ended() {
        return new Lease(System.nanoTime());
    }

    /**
     * @param time as {@link System#nanoTime()}; a lease is never shortened
     */
    public void renewUntil(long time) {
        if (time - until > 0) {
            until = time;
        }
    }

    /** Ends it now. */
    public void end() {
        until = System.nanoTime();
    }

    /**
     * @param now as {@link System#nanoTime()}
     */
    public boolean isHeld(long now) {
        return now - until < 0;
    }

    /** When it ends, as {@link System#nanoTime()}. */
    public long until() {
        return until;
    }
}
