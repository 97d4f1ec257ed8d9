package io.eventlane.channel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;

/**
 * Remembers which keys have failed since a record was accepted, for as long as that record is waiting to be sent.
 * <p>
 * It is a list that is only ever followed forward: a record keeps the newest failure of the moment it was accepted as
 * its mark, and later asks for those behind it. A failure that stands before every mark is reached by nobody, and so
 * is collected. Safe for many threads.
 */
public final class KeyFailures {

    /** One failure, and the one after it. */
    public static final class Mark {

        private final byte[] key;
        private final @Nullable Throwable cause;
        private volatile @Nullable Mark next;

        private Mark(byte[] key, @Nullable Throwable cause) {
            this.key = key;
            this.cause = cause;
        }
    }

    private static final AtomicReferenceFieldUpdater<KeyFailures, Mark> NEWEST = AtomicReferenceFieldUpdater
            .newUpdater(KeyFailures.class, Mark.class, "newest");

    private volatile Mark newest = new Mark(new byte[0], null);

    /** The mark of a record that is accepted now. */
    public Mark now() {
        return newest;
    }

    public void add(byte[] key, Throwable cause) {
        Mark failure = new Mark(key, cause);
        NEWEST.getAndSet(this, failure).next = failure;
    }

    /** Why the key failed after the mark was taken, or {@code null} if it did not. */
    public static @Nullable Throwable since(Mark mark, byte[] key) {
        for (Mark failure = mark.next; failure != null; failure = failure.next) {
            if (Arrays.equals(failure.key, key)) {
                return failure.cause;
            }
        }
        return null;
    }
}
