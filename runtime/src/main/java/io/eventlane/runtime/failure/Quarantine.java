package io.eventlane.runtime.failure;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventHeaders;
import io.eventlane.EventlaneException;
import io.eventlane.spi.InboundRecord;

/**
 * The keys of a channel whose events go to the dead-letter topic unhandled, because an earlier one of their key did, so
 * that nothing of a key is handled out of its order. It is this process' own: after a restart, or where the partition
 * moves to another process, the key is handled again.
 * <p>
 * Safe for many threads.
 */
final class Quarantine {

    private final Map<Key, Throwable> keys = new ConcurrentHashMap<>();

    /**
     * @param because what happened to the first event of the key
     * @return whether the event has a key, which alone can be kept out
     */
    boolean add(InboundRecord record, String because) {
        byte[] key = keyOf(record);
        if (key == null) {
            return false;
        }
        keys.put(new Key(key), new EventlaneException("its key is quarantined since " + because));
        return true;
    }

    /** Why the event must not be handled, or {@code null} if it may. */
    @Nullable
    Throwable reasonAgainst(InboundRecord record) {
        if (keys.isEmpty()) {
            return null;
        }
        byte[] key = keyOf(record);
        return key == null ? null : keys.get(new Key(key));
    }

    /** Lets a key go; returns whether it was kept out. */
    boolean release(byte[] key) {
        return keys.remove(new Key(key)) != null;
    }

    Set<String> keys() {
        Set<String> names = new TreeSet<>();
        keys.keySet().forEach(key -> names.add(key.toString()));
        return names;
    }

    private static byte @Nullable [] keyOf(InboundRecord record) {
        byte[] key = record.key();
        return key == null ? record.header(EventHeaders.AGGREGATE_ID) : key;
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
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
