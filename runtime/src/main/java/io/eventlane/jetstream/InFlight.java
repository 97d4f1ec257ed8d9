package io.eventlane.jetstream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * The events of a channel that were sent and have no outcome yet, by the numbers that their answers bear. Numbers are given in
 * the order in which events are sent first, and an event keeps its own over all attempts.
 * <p>
 * It is a ring of slots. A number whose slot is still taken is left out, which is rare: there are more than twice as many slots
 * as there can be events.
 * <p>
 * Answers come in the order of the numbers as long as all goes well. While they do not, it is remembered which keys have an
 * event
 * that is stored although an earlier one of the channel has no outcome.
 */
final class InFlight {

    private final AtomicReferenceArray<@Nullable Sending> slots;
    private final int mask;

    // Owned by the turn

    private long next;

    // Written by the thread of the answers

    private final AtomicLong oldest = new AtomicLong();
    private final AtomicLong latestAnswered = new AtomicLong(-1);
    private final AtomicLong answers = new AtomicLong();
    private final Map<ByteBuffer, Long> storedAhead = new ConcurrentHashMap<>();

    InFlight(int most) {
        int size = Integer.highestOneBit(Math.max(8, most)) << 2;
        slots = new AtomicReferenceArray<>(size);
        mask = size - 1;
    }

    // The turn

    /** Gives the event its number. */
    void add(Sending sending) {
        while (slots.get(slot(next)) != null) {
            next++;
        }
        sending.number = next;
        slots.setRelease(slot(next), sending);
        next++;
    }

    /** All events, in the order of their numbers. */
    List<Sending> all() {
        List<Sending> all = new ArrayList<>();
        for (int i = 0; i < slots.length(); i++) {
            Sending sending = slots.getAcquire(i);
            if (sending != null) {
                all.add(sending);
            }
        }
        all.sort(Comparator.comparingLong(sending -> sending.number));
        return all;
    }

    /** The event of the lowest number, or {@code null}. */
    @Nullable
    Sending first() {
        for (long number = oldest.get(); number < next; number++) {
            Sending sending = get(number);
            if (sending != null) {
                return sending;
            }
        }
        return null;
    }

    /** How many answers there were; of use only for whether there were more. */
    long answers() {
        return answers.get();
    }

    /** Whether an event that was sent later has been answered. */
    boolean isAnsweredBeyond(Sending sending) {
        return latestAnswered.get() > sending.number;
    }

    /** Whether a later event of its key is stored. */
    boolean isOvertaken(Sending sending) {
        Long stored = sending.key == null ? null : storedAhead.get(ByteBuffer.wrap(sending.key));
        return stored != null && stored > sending.number;
    }

    // Any thread

    /** The event of that number; {@code null} when it has its outcome. */
    @Nullable
    Sending get(long number) {
        Sending sending = slots.getAcquire(slot(number));
        return sending != null && sending.number == number ? sending : null;
    }

    /** Whether the event has no outcome yet. */
    boolean has(Sending sending) {
        return slots.getAcquire(slot(sending.number)) == sending;
    }

    /** Takes the event out. Whoever is told {@code true} gives it its outcome. */
    boolean remove(Sending sending) {
        return slots.compareAndSet(slot(sending.number), sending, null);
    }

    // The thread of the answers

    /**
     * To be called for each answer, before the event is taken out: by then whoever sees that it is gone must be able to know
     * whom it has overtaken.
     */
    void answered(Sending sending, boolean stored) {
        long number = sending.number;
        answers.setRelease(answers.get() + 1);
        long first = oldest.get();
        while (first < number && get(first) == null) {
            first++;
        }
        oldest.setRelease(first);
        boolean latest = number > latestAnswered.get();
        if (latest) {
            latestAnswered.setRelease(number);
        }
        if (first < number) {
            if (stored && sending.key != null) {
                remember(ByteBuffer.wrap(sending.key), number);
            }
        } else if (latest && !storedAhead.isEmpty()) {
            storedAhead.clear();
        }
    }

    private void remember(ByteBuffer key, long number) {
        Long known = storedAhead.get(key);
        if (known == null || known < number) {
            storedAhead.put(key, number);
        }
    }

    private int slot(long number) {
        return (int) number & mask;
    }
}
