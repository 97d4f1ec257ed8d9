package io.eventlane.jetstream;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what happens again and again from being logged each time: of what has one cause, one in a minute. Not safe for
 * several threads.
 */
final class Repetitions {

    private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MAX_CAUSES = 100;

    private final LongSupplier nanoClock;
    private final Map<String, Cause> causes = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Cause> eldest) {
            return size() > MAX_CAUSES;
        }
    };

    Repetitions(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Counts one more of a cause.
     *
     * @return what to append to the message: how many were left out since the last one; {@code null} where this one is to be
     *         left out too
     */
    @Nullable
    String next(String name) {
        long now = nanoClock.getAsLong();
        Cause cause = causes.computeIfAbsent(name, first -> new Cause(now));
        if (now - cause.due < 0) {
            cause.leftOut++;
            return null;
        }
        String note = cause.leftOut == 0 ? "" : " (" + cause.leftOut + " more of these were not logged)";
        cause.due = now + INTERVAL_NANOS;
        cause.leftOut = 0;
        return note;
    }

    private static final class Cause {

        private long due;
        private int leftOut;

        Cause(long due) {
            this.due = due;
        }
    }
}
