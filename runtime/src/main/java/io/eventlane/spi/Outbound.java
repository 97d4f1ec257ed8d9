package io.eventlane.spi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

import io.eventlane.Position;

/** The sending half of a connector, for one outgoing channel. Safe for many threads. */
public interface Outbound {

    /**
     * Sends a record. At the bound of records in flight the caller waits if it may block; what may not block is
     * decided by the caller of this interface, through {@link #trySend}.
     *
     * @return completes with the position when the broker has acknowledged, exceptionally with an
     *         {@link OutboundException} otherwise, on a thread of the connector or before the call returns
     */
    CompletionStage<Position> send(OutboundRecord record);

    /** As {@link #send}, but at the bound the stage fails at once with reason {@code BACK_PRESSURE}; it never blocks. */
    CompletionStage<Position> trySend(OutboundRecord record);

    /** Waits up to the deadline for what is in flight, then closes. Later sends fail with reason {@code CLOSED}. Idempotent. */
    void close(Duration deadline);
}
