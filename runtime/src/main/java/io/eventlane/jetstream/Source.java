package io.eventlane.jetstream;

import java.time.Duration;

import io.eventlane.spi.ChannelStatus;

/** What consumes an incoming channel. Safe for any thread. */
sealed interface Source permits JetStreamSource, EphemeralSource {

    /** Begins. A server that cannot be reached is no error: it is waited for. */
    void start();

    ChannelStatus status();

    /** Takes no more, waits up to the deadline for the handlers that run, and gives the rest back. Idempotent. */
    void close(Duration deadline);
}
