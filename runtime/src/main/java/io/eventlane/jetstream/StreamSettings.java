package io.eventlane.jetstream;

import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What is configured of a stream. What is {@code null} is not configured: a stream is created with a default, and one that
 * exists may have it as it likes.
 *
 * @param storage where it is kept; by default in files
 * @param retention how long it keeps an event at most, handled or not; zero, the default, for ever
 * @param maxSize how many bytes it may hold; 0, the default, for as many as its servers have room for
 * @param maxMessages how many events it may hold; 0, the default, for any number
 * @param maxMessageSize how many bytes an event may have, headers included; 0, the default, for as many as the server takes
 * @param replicas from 1, the default, to 5
 * @param compression of its files; by default none
 * @param duplicateWindow how long the stream knows the ids of events, and drops another one with the same; by default what
 *        the server is configured with, mostly 2 minutes
 * @param discard what a full stream does; by default it refuses
 * @param retentionPolicy when an event is dropped that no limit drops; by default never
 */
public record StreamSettings(
        @Nullable Storage storage,
        @Nullable Duration retention,
        @Nullable Long maxSize,
        @Nullable Long maxMessages,
        @Nullable Integer maxMessageSize,
        @Nullable Integer replicas,
        @Nullable Compression compression,
        @Nullable String description,
        @Nullable Duration duplicateWindow,
        @Nullable Discard discard,
        @Nullable Retention retentionPolicy) {

    /** Nothing is configured. */
    public static final StreamSettings NONE = new StreamSettings(null, null, null, null, null, null, null, null, null, null,
            null);

    /** Where a stream is kept. */
    public enum Storage {
        /** In files. */
        FILE,
        /** In the memory of its servers, gone when all of them have ended. */
        MEMORY
    }

    /** How a stream compresses its files. */
    public enum Compression {
        /** Not at all. */
        NONE,
        /** With S2, a fast one. */
        S2
    }

    /** What a stream does that is full: it has as many bytes or events as it may. */
    public enum Discard {
        /** It drops its oldest event, handled or not. */
        OLD,
        /** It refuses the new one, and whoever publishes it hears of that. */
        NEW
    }

    /** When an event is dropped. */
    public enum Retention {
        /** When a limit says so. */
        LIMITS,
        /** As soon as all consumers that the stream has at that moment are done with it; at once when it has none. */
        INTEREST,
        /** As soon as its consumer, of which there may be only one, is done with it. */
        WORKQUEUE
    }

    /** A value as its property has it. */
    public static String text(@Nullable Object value) {
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : String.valueOf(value);
    }
}
