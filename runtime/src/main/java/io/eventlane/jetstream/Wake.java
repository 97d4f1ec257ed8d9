package io.eventlane.jetstream;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jboss.logging.Logger;

/** Has the channel's turn come after a time at the latest. Belongs to the turn. */
final class Wake {

    private static final Logger LOG = Logger.getLogger(Wake.class);

    private final ScheduledExecutorService timer;
    private final Runnable turn;

    private boolean pending;
    private long due;
    /** The number of the task that is pending; of those before it, which were too late, nobody hears. */
    private long latest;

    private final AtomicLong rung = new AtomicLong();

    Wake(ScheduledExecutorService timer, Runnable turn) {
        this.timer = timer;
        this.turn = turn;
    }

    /** Whether a time is over that was asked for, since this was last called. */
    boolean takeRung() {
        boolean over = pending && rung.get() == latest;
        pending &= !over;
        return over;
    }

    boolean isPending() {
        return pending;
    }

    void within(long nanos) {
        long at = System.nanoTime() + nanos;
        if (pending && due - at <= 0) {
            return;
        }
        pending = true;
        due = at;
        long task = ++latest;
        try {
            timer.schedule(() -> ring(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The timer has ended", e);
        }
    }

    private void ring(long task) {
        rung.accumulateAndGet(task, Math::max);
        turn.run();
    }
}
