package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * How much of one consumer is asked for and has not come yet. For the source's thread.
 * <p>
 * A request stands on the server until it is served or expires; the server says when it has expired, and how much of it
 * was left then. Several may stand at once, so that the next messages are on their way while the last ones of a request
 * arrive. While there is nothing to deliver, the server sends heartbeats: when these stay away, the request is lost.
 */
final class Pulls {

    /** The clients of which the server pins one. */
    static final String GROUP = "eventlane";
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final Duration SILENCE = HEARTBEAT.multipliedBy(3);
    /** How much later than it should a request may be said to have expired. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Duration expires;
    private boolean pinning;
    private @Nullable String pin;
    private long outstanding;
    private long heardAt;
    private long lastExpiry;

    /**
     * @param expires how long a request stands; at least four seconds
     */
    Pulls(Duration expires) {
        this.expires = expires;
    }

    /** The request for so many messages. */
    byte[] request(int messages, long maxBytes, long now) {
        if (outstanding == 0) {
            heardAt = now;
        }
        outstanding += messages;
        lastExpiry = now + expires.toNanos();
        String group = pinning ? ",\"group\":\"" + GROUP + '"' + (pin == null ? "" : ",\"id\":\"" + pin + '"') : "";
        return ("{\"batch\":" + messages + ",\"max_bytes\":" + maxBytes + ",\"expires\":" + expires.toNanos()
                + ",\"idle_heartbeat\":" + HEARTBEAT.toNanos() + group + '}').getBytes(US_ASCII);
    }

    // The pin: the server gives messages to one client alone, which shows by it that it is that one

    /**
     * @param used whether the consumer is one that pins its client
     */
    void usePin(boolean used) {
        pinning = used;
        pin = null;
    }

    /** Whether a request may be made while another one stands: before the client is pinned, the server serves but one. */
    boolean mayOverlap() {
        return !pinning || pin != null;
    }

    /** Whether the server has yet to be told that this is the client. */
    boolean lacksPin() {
        return pinning && pin == null;
    }

    /**
     * @param id as the server says with a message; {@code null} where it says none
     */
    void pinned(@Nullable String id) {
        pin = id;
    }

    // What comes of requests

    /** How many messages may still come of what was asked for. */
    long outstanding() {
        return outstanding;
    }

    /** A message of it has come. */
    void delivered(long now) {
        heardAt = now;
        if (outstanding > 0) {
            outstanding--;
        }
    }

    /** The server has a sign of life. */
    void heartbeat(long now) {
        heardAt = now;
    }

    /**
     * A request has ended.
     *
     * @param left how many of its messages will not come
     */
    void ended(long left, long now) {
        heardAt = now;
        outstanding = Math.max(0, outstanding - left);
    }

    /** Nothing of what was asked for will come. */
    void lost() {
        outstanding = 0;
    }

    /** Forgets requests that must have expired long ago. */
    void housekeep(long now) {
        if (outstanding > 0 && now - lastExpiry > GRACE.toNanos()) {
            outstanding = 0;
        }
    }

    /** Whether the server should have been heard. */
    boolean isSilent(long now) {
        return outstanding > 0 && now - heardAt > SILENCE.toNanos();
    }

    /** For how long nothing was heard, in seconds. */
    long silentFor(long now) {
        return TimeUnit.NANOSECONDS.toSeconds(now - heardAt);
    }
}
