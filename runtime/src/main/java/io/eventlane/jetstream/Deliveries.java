package io.eventlane.jetstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Knows of every message that a consumer has delivered to this process what has become of it, and lets messages through
 * in the order of the stream alone.
 * <p>
 * <em>Why that takes care.</em> What the server has delivered to a process that died, or what was lost on its way, comes
 * back later, and newer messages of the same key come meanwhile. Each delivery of a consumer has a number, one greater than
 * that of the delivery before. A number that is missing means that a message went elsewhere. From then on, as at the start
 * and after each reconnect, nothing is let through: what arrives is kept, sorted, until the server has no message pending
 * that this process does not hold, and has delivered none elsewhere since it said so. Then what was kept is let through in
 * order. Hence what is let through is always newer
 * than all that was let through before, and nothing is missing in between.
 * <p>
 * A message that comes again while it is held is passed over, and one that is done is to be acknowledged again. For the
 * source's thread.
 */
final class Deliveries {

    /** What a delivery is. */
    enum Arrival {
        /** A message that has to be handled now. */
        DUE,
        /** A message that has to wait until {@link #open}. */
        KEPT,
        /** A message that is held already. */
        HELD,
        /** A message that is done already: the server has not got its acknowledgement. */
        DONE,
        /** A message that is older than others which were let through, or another one than that of its sequence before. */
        OUT_OF_PLACE
    }

    private final boolean ordered;
    /** Delivered and not done, the one that the server has heard of the longest ago first. */
    private final Map<Long, JetStreamInboundRecord> held = new LinkedHashMap<>();
    private final NavigableMap<Long, JetStreamInboundRecord> kept = new TreeMap<>();
    private final SequenceSet done;
    /** The numbers of what has come since it was closed, or since the server was last asked. */
    private final NavigableSet<Long> numbers = new TreeSet<>();
    private long newest;
    private long nextDelivery;
    /** When the newest message was stored that has come, in nanoseconds. */
    private long newestNanos = Long.MIN_VALUE;
    private long lastFloor;
    private boolean open;

    /**
     * @param ordered whether messages are let through in order alone; otherwise as they come
     * @param floor the sequence up to which all messages of the consumer are acknowledged
     */
    Deliveries(boolean ordered, long floor) {
        this.ordered = ordered;
        this.open = !ordered;
        this.newest = floor;
        this.lastFloor = floor;
        this.done = new SequenceSet(floor + 1);
    }

    /** Takes a delivery. One that is not {@link Arrival#DUE} or {@link Arrival#KEPT} is not held. */
    Arrival arrived(JetStreamInboundRecord record) {
        long sequence = record.sequence();
        noteDelivery(record.consumerSequence());
        JetStreamInboundRecord before = held.get(sequence);
        if (before != null) {
            before.deliveredAgain(record);
            return before.isSameMessage(record) ? Arrival.HELD : Arrival.OUT_OF_PLACE;
        }
        if (done.contains(sequence)) {
            return record.storedAt() <= newestNanos ? Arrival.DONE : Arrival.OUT_OF_PLACE;
        }
        if (ordered && sequence <= newest) {
            return Arrival.OUT_OF_PLACE;
        }
        newestNanos = Math.max(newestNanos, record.storedAt());
        held.put(sequence, record);
        if (!open) {
            kept.put(sequence, record);
            return Arrival.KEPT;
        }
        newest = sequence;
        return Arrival.DUE;
    }

    private void noteDelivery(long delivery) {
        if (ordered) {
            open &= delivery == nextDelivery;
            nextDelivery = delivery + 1;
            if (!open) {
                numbers.add(delivery);
            }
        }
    }

    /** Lets nothing through until {@link #open} is called. */
    void close() {
        open = !ordered;
        numbers.clear();
    }

    /**
     * Whether all that the server has delivered since it told the number of its newest delivery has come here. If not, some
     * of it went elsewhere, and the server has to be asked again.
     */
    boolean haveAllSince(long newestDelivery) {
        long next = newestDelivery + 1;
        for (long number : numbers.tailSet(next)) {
            if (number != next++) {
                numbers.clear();
                return false;
            }
        }
        numbers.clear();
        nextDelivery = next;
        return true;
    }

    /** Whether the server has made a delivery that has not come here. Where no order is asked for, others may have it. */
    boolean lacksDelivery(long newestDelivery) {
        return ordered && nextDelivery <= newestDelivery;
    }

    boolean isOpen() {
        return open;
    }

    /**
     * How many messages the server has delivered to somebody and waits to be acknowledged, which this process does not
     * hold. Negative where it holds messages of which the server knows nothing.
     *
     * @param floor up to which the server waits for none, be they held or not
     * @param delivered the newest message that the server knows it has delivered
     * @param pending how many it waits for
     */
    long missing(long floor, long delivered, long pending) {
        return pending - held.keySet().stream().filter(sequence -> sequence > floor && sequence <= delivered).count();
    }

    /**
     * Calls back with each sequence from the floor to the newest that was delivered, of which this process has nothing.
     */
    void forEachUnknown(long floor, long delivered, LongConsumer action) {
        for (long sequence = floor + 1; sequence <= delivered; sequence++) {
            if (!held.containsKey(sequence) && !done.contains(sequence)) {
                action.accept(sequence);
            }
        }
    }

    /** Calls back with each sequence from the floor to the newest that was delivered, which is done. */
    void forEachDone(long floor, long delivered, LongConsumer action) {
        for (long sequence = floor + 1; sequence <= delivered; sequence++) {
            if (done.contains(sequence)) {
                action.accept(sequence);
            }
        }
    }

    /**
     * Lets everything through again, once {@link #haveAllSince} says so: first what was kept, which the caller has to handle in
     * this order.
     */
    Collection<JetStreamInboundRecord> open() {
        open = true;
        List<JetStreamInboundRecord> due = List.copyOf(kept.values());
        if (!kept.isEmpty()) {
            newest = kept.lastKey();
        }
        kept.clear();
        numbers.clear();
        return due;
    }

    /** The message is done. */
    void done(JetStreamInboundRecord record) {
        if (held.remove(record.sequence(), record)) {
            done.add(record.sequence());
        }
    }

    /**
     * The server has all acknowledgements up to a sequence. It is forgotten with the next call: a message that was on its
     * way again when the acknowledgement came may still arrive.
     */
    void acknowledgedTo(long floor) {
        done.removeUpTo(lastFloor);
        lastFloor = Math.max(lastFloor, floor);
    }

    /**
     * Where a consumer has to begin that is to go on from here: at the first message that is not done. While messages may
     * be missing, that is where the server was when it last said so.
     */
    long resumeAt() {
        long frontier = held.keySet().stream().mapToLong(Long::longValue).min().orElse(newest + 1);
        return open && ordered ? frontier : Math.min(frontier, lastFloor + 1);
    }

    boolean isHeld(long sequence) {
        return held.containsKey(sequence);
    }

    /** How many messages are held that were not let through. */
    int kept() {
        return kept.size();
    }

    /** Everything that is held. */
    Collection<JetStreamInboundRecord> all() {
        return held.values();
    }

    /**
     * The messages of which the server has not heard since a time, which from now on count as heard of.
     *
     * @param time as {@link System#nanoTime()}
     */
    List<JetStreamInboundRecord> unheardSince(long time, long now) {
        List<JetStreamInboundRecord> unheard = new ArrayList<>();
        for (Iterator<JetStreamInboundRecord> all = held.values().iterator(); all.hasNext();) {
            JetStreamInboundRecord record = all.next();
            if (record.heardAt() - time > 0) {
                break;
            }
            all.remove();
            unheard.add(record);
        }
        for (JetStreamInboundRecord record : unheard) {
            record.heard(now);
            held.put(record.sequence(), record);
        }
        return unheard;
    }
}
