package io.eventlane.jetstream;

import java.time.Duration;
import java.util.List;

import io.eventlane.jetstream.ConsumerApi.Opened;
import io.nats.client.api.ConsumerInfo;

/**
 * Gets the messages back that the server has delivered and that this process does not hold. For the source's thread.
 * <p>
 * By itself the server would deliver them again after {@code ack-wait}. But a negative acknowledgement names a message by
 * its sequence, and the server takes it from whoever gives it, and passes over what is not pending. So every sequence from
 * the acknowledgement floor to the newest delivery is handed back, but for those that this process holds or has done, and
 * those that were pending are delivered to whoever asks next. This is repeated while any is missing: a request of an owner
 * that is frozen may still stand on the server and catch them. Where very many sequences lie between the two, the oldest and
 * the newest are handed back, and what is pending in between comes by itself.
 */
final class Reclaiming {

    /** How soon the server is asked again what is pending. */
    static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration HAND_BACK_AGAIN = Duration.ofSeconds(1);
    /** Handing back so many takes as long as {@link #HAND_BACK_AGAIN}, for the others that use the thread or the server. */
    private static final int HANDED_BACK_AT_ONCE = 20_000;
    /** The server works on what is handed back in its own time; requests that come sooner are served with newer messages. */
    private static final Duration HANDED_BACK = Duration.ofMillis(20);
    private static final int MOST_AT_EITHER_END = 100_000;
    private static final int ROUNDS_UNTIL_GONE = 2;

    private final Acks acks;
    private long missing;
    private long handedBackAt;
    private long nextRound;
    private int rounds;
    private int askedInRound;

    Reclaiming(Acks acks) {
        this.acks = acks;
    }

    /** Begins. */
    void begin() {
        missing = 0;
        rounds = 0;
        askedInRound = 0;
    }

    /**
     * Looks at what the server says, and hands back what is missing.
     *
     * @return whether nothing is
     */
    boolean look(Deliveries deliveries, ConsumerInfo info, long now) {
        long floor = Opened.floor(info);
        long delivered = info.getDelivered().getStreamSequence();
        missing = deliveries.missing(floor, delivered, info.getNumAckPending());
        if (missing <= 0) {
            return true;
        }
        if (rounds == 0 || now - nextRound > 0) {
            rounds++;
            handedBackAt = now;
            nextRound = now + HAND_BACK_AGAIN.toNanos() * Math.max(1, handBack(deliveries, floor, info) / HANDED_BACK_AT_ONCE);
        }
        return false;
    }

    /** @return of how many sequences */
    private long handBack(Deliveries deliveries, long floor, ConsumerInfo info) {
        long delivered = info.getDelivered().getStreamSequence();
        long newestDelivery = info.getDelivered().getConsumerSequence();
        long low = Math.min(delivered, floor + MOST_AT_EITHER_END);
        long high = Math.max(low, delivered - MOST_AT_EITHER_END);
        handBack(deliveries, floor, low, newestDelivery);
        handBack(deliveries, high, delivered, newestDelivery);
        return low - floor + delivered - high;
    }

    private void handBack(Deliveries deliveries, long above, long to, long newestDelivery) {
        deliveries.forEachDone(above, to, sequence -> acks.done(sequence, newestDelivery));
        deliveries.forEachUnknown(above, to, sequence -> acks.giveBack(sequence, newestDelivery));
    }

    /** For how many messages the server is to be asked now, of those that are missing. */
    long wanted(long now) {
        return missing > 0 && now - handedBackAt > HANDED_BACK.toNanos() ? missing : 0;
    }

    /** Whether what is missing may not be in the stream any more; once after each time that it was handed back. */
    boolean mayBeGone() {
        boolean asks = rounds > ROUNDS_UNTIL_GONE && askedInRound < rounds;
        askedInRound = rounds;
        return asks;
    }

    /** The stream has not got these any more: nobody waits for them. */
    void gone(List<Long> sequences, Deliveries deliveries, ConsumerInfo info) {
        sequences.stream().filter(sequence -> !deliveries.isHeld(sequence))
                .forEach(sequence -> acks.done(sequence, info.getDelivered().getConsumerSequence()));
    }

    /** How many messages are missing; 0 where none is known to be. */
    long missing() {
        return Math.max(0, missing);
    }
}
