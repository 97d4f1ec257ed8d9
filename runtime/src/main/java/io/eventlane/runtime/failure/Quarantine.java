package io.eventlane.runtime.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;

/**
 * The keys of a channel whose events go to the dead-letter topic unhandled, because an earlier one of their key did, so
 * that nothing of a key is handled out of its order. It is this process' own: after a restart, or where the partition
 * moves to another process, the key is handled again.
 * <p>
 * A key whose letters are sent back is released by the first of them that comes: what stands before it in the partition
 * still goes to the dead-letter topic. While it is on its way there, the events of the key wait, because nobody knows yet
 * which of them stand before it.
 * <p>
 * Safe for many threads.
 */
final class Quarantine {

    /** An acknowledgement comes in milliseconds. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    /** Why a key is kept out, and until when. */
    private sealed interface Entry {
    }

    private record Kept(Throwable reason) implements Entry {
    }

    /** The first letter of the key is on its way to its partition. */
    private record Returning(Throwable reason) implements Entry {
    }

    /** The first letter of the key stands there. */
    private record Until(Throwable reason, Position first) implements Entry {

        boolean isReachedBy(Position position) {
            return position.source().equals(first.source()) && position.partition() == first.partition()
                    && position.offset() >= first.offset();
        }
    }

    private final Map<Key, Entry> keys = new ConcurrentHashMap<>();
    /** Events without a key that go there alone. */
    private final Map<Position, Throwable> single = new ConcurrentHashMap<>();

    /**
     * Keeps the key of an event out, if it has one.
     *
     * @param because what happened to the first event of the key
     */
    void add(InboundRecord record, String because) {
        byte[] key = record.laneKey();
        if (key != null) {
            keys.put(new Key(key), new Kept(new EventlaneException("its key is quarantined since " + because)));
        }
    }

    /** As {@link #add}; an event without a key goes alone. */
    void divert(InboundRecord record, String because) {
        if (record.laneKey() == null) {
            single.put(record.position(), new EventlaneException("it is out of its place since " + because));
        } else {
            add(record, because);
        }
    }

    /**
     * Why the event must not be handled, or {@code null} if it may.
     *
     * @throws PostponedException when that is not known yet
     */
    @Nullable
    Throwable reasonAgainst(InboundRecord record) {
        if (keys.isEmpty() && single.isEmpty()) {
            return null;
        }
        byte[] bytes = record.laneKey();
        if (bytes == null) {
            return single.remove(record.position());
        }
        Key key = new Key(bytes);
        Entry entry = keys.get(key);
        return switch (entry) {
            case null -> null;
            case Kept kept -> kept.reason();
            case Returning returning ->
                throw new PostponedException(LOOK_AGAIN, "dead letters of the key are on their way back", null);
            case Until until when until.isReachedBy(record.position()) -> {
                keys.remove(key, until);
                yield null;
            }
            case Until until -> until.reason();
        };
    }

    /** Lets a key go; returns whether it was kept out. */
    boolean release(byte[] key) {
        return keys.remove(new Key(key)) != null;
    }

    // Letters on their way back

    /** Returns whether the letter is the first of a key that is kept out. */
    boolean returning(InboundRecord letter) {
        byte[] key = letter.laneKey();
        return key != null && keys.get(new Key(key)) instanceof Kept kept
                && keys.replace(new Key(key), kept, new Returning(kept.reason()));
    }

    /**
     * What became of a letter of which {@link #returning} was true.
     *
     * @param at where it stands now; {@code null} when it was not sent, or nobody knows
     */
    void returned(InboundRecord letter, @Nullable Position at) {
        byte[] bytes = letter.laneKey();
        if (bytes != null && keys.get(new Key(bytes)) instanceof Returning returning) {
            keys.replace(new Key(bytes), returning,
                    at == null ? new Kept(returning.reason()) : new Until(returning.reason(), at));
        }
    }

    Set<String> keys() {
        Set<String> names = new TreeSet<>();
        keys.keySet().forEach(key -> names.add(key.toString()));
        return names;
    }

    private record Key(byte[] bytes) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && Arrays.equals(bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return new String(bytes, UTF_8);
        }
    }
}
