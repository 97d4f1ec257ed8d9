package io.eventlane.jetstream;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How the connection is doing. An immutable snapshot, without anything secret in it.
 *
 * @param since when it was made or lost; while there was none yet, when the application began to try
 * @param trouble why there is none, as far as is known; {@code null} while there is one
 * @param server the name and address of the server; while there is no connection, of the last one; {@code null} before the
 *        first
 * @param version of that server, such as {@code 2.10.27}
 */
public record LinkStatus(boolean connected, Instant since, @Nullable String trouble, @Nullable String server,
        @Nullable String version) {

    static LinkStatus trying() {
        return new LinkStatus(false, Instant.now(), null, null, null);
    }

    LinkStatus lost(@Nullable String why) {
        return new LinkStatus(false, Instant.now(), why, server, version);
    }

    /** A later failure tells why it goes on, not since when. */
    LinkStatus still(String why) {
        return new LinkStatus(false, since, why, server, version);
    }
}
