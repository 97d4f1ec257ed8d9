package io.eventlane.jetstream;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

/**
 * Has something done by one thread at a time without a lock and without a thread of its own. Whoever finds nobody at it does
 * it,
 * for itself and for all that ask meanwhile; the others have asked, and go their way. A thread that does it for others for too
 * long is relieved.
 */
final class Turns {

    private static final Logger LOG = Logger.getLogger(Turns.class);

    private static final int BEFORE_RELIEF = 8;

    private final BooleanSupplier turn;
    private final Executor relief;
    private final AtomicInteger wanted = new AtomicInteger();

    /** Whether the thread whose turn it is was interrupted. */
    private boolean interrupted;

    /**
     * @param turn does a part of what there is to do, and returns whether there is more
     * @param relief where somebody else takes over
     */
    Turns(BooleanSupplier turn, Executor relief) {
        this.turn = turn;
        this.relief = relief;
    }

    /** A turn begins after this, on this thread or another. */
    void want() {
        if (wanted.getAndIncrement() == 0) {
            take();
        }
    }

    /**
     * Whether the thread was interrupted during the turn and since this was last asked. That is between it and its caller,
     * and nothing to those whose events it sends; it is told when the turns are over.
     */
    boolean wasInterrupted() {
        boolean now = Thread.interrupted();
        interrupted |= now;
        return now;
    }

    private void take() {
        wasInterrupted();
        int taken = 1;
        while (takeOne()) {
            if (taken++ % BEFORE_RELIEF == 0 && relieved()) {
                return;
            }
        }
    }

    /** @return whether another one is wanted; if not, all belongs to the next one who wants one */
    private boolean takeOne() {
        int asked = wanted.get();
        if (more()) {
            return true;
        }
        boolean interrupt = interrupted;
        interrupted = false;
        if (wanted.addAndGet(-asked) == 0) {
            interrupt(interrupt);
            return false;
        }
        interrupted = interrupt;
        return true;
    }

    private boolean more() {
        try {
            return turn.getAsBoolean();
        } catch (RuntimeException | Error e) {
            LOG.error("Publishing to JetStream failed in an unexpected way", e);
            return false;
        }
    }

    private boolean relieved() {
        boolean interrupt = interrupted;
        interrupted = false;
        try {
            relief.execute(this::take);
        } catch (RejectedExecutionException e) {
            interrupted = interrupt;
            return false;
        }
        interrupt(interrupt);
        return true;
    }

    private static void interrupt(boolean interrupt) {
        if (interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
