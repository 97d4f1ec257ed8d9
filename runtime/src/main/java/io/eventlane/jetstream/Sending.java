package io.eventlane.jetstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.channel.KeyFailures;
import io.eventlane.jetstream.PublishFailures.Problem;

/**
 * One event on its way: the caller's stage, and how far the event is. What is not said to be otherwise belongs to whoever has
 * the channel's turn, see {@link Turns}.
 */
final class Sending extends CompletableFuture<Position> {

    /** How far an attempt is. */
    enum Phase {
        /** There was none yet. */
        WAITING,
        /** It is on its way, or its answer is. */
        SENT,
        /** It was answered: the event was not stored. */
        REFUSED,
        /** Nobody knows, and no answer is waited for any more. */
        LOST;

        private static final Phase[] ALL = values();
    }

    private static final int BITS = 2;
    private static final AtomicIntegerFieldUpdater<Sending> STATE = AtomicIntegerFieldUpdater.newUpdater(Sending.class,
            "state");

    final WireMessage message;
    /** The bytes of the key where its order is to be kept; otherwise {@code null}. */
    final byte @Nullable [] key;
    final KeyFailures.Mark mark;

    /** The next one in the {@link SendQueue}. */
    volatile @Nullable Sending next;

    long acceptedAt;
    /** Its place among all events of the channel, from when it is sent first; see {@link InFlight}. */
    long number = -1;
    long firstSentAt;
    long sentAt;
    @Nullable
    Session session;

    /** Whether an attempt was lost, so that the event may be stored. Only ever set. */
    volatile boolean maybeStored;
    /** Why the last attempt has not led to an outcome. */
    volatile @Nullable Problem problem;

    /** The attempt, counted from 1, and its phase. Changed by the turn, and from SENT to REFUSED by answers. */
    private volatile int state;

    Sending(WireMessage message, byte @Nullable [] key, KeyFailures.Mark mark) {
        this.message = message;
        this.key = key;
        this.mark = mark;
    }

    int attempt() {
        return state >>> BITS;
    }

    Phase phase() {
        return Phase.ALL[state & 3];
    }

    /** Begins an attempt, and returns its number. */
    int begin(Session with) {
        session = with;
        sentAt = System.nanoTime();
        int attempt = attempt() + 1;
        if (attempt == 1) {
            firstSentAt = sentAt;
        }
        state = word(attempt, Phase.SENT);
        return attempt;
    }

    /** Whether that is the latest one. For any thread. */
    boolean isAttempt(int attempt) {
        return attempt() == attempt;
    }

    /**
     * The attempt was answered, and is over. For any thread.
     *
     * @return whether it was the latest, and its answer still waited for
     */
    boolean refused(int attempt, Problem why) {
        if (attempt() == attempt) {
            problem = why;
        }
        return STATE.compareAndSet(this, word(attempt, Phase.SENT), word(attempt, Phase.REFUSED));
    }

    /** No answer is waited for any more. */
    void lost(Problem why) {
        int attempt = attempt();
        if (STATE.compareAndSet(this, word(attempt, Phase.SENT), word(attempt, Phase.LOST))) {
            maybeStored = true;
            problem = why;
        }
    }

    private static int word(int attempt, Phase phase) {
        return attempt << BITS | phase.ordinal();
    }
}
