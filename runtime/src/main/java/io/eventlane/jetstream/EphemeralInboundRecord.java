package io.eventlane.jetstream;

import java.time.Instant;

import io.eventlane.Position;

/** A message of core NATS. */
final class EphemeralInboundRecord extends NatsInboundRecord {

    private final long number;
    private final Instant arrived = Instant.now();

    /**
     * @param number counts what this process has received for the channel, beginning anywhere
     */
    EphemeralInboundRecord(ReceivedMessage message, long number, MessageReader reader) {
        super(message, reader);
        this.number = number;
    }

    /** The number of the message in this process: nobody else counts them. */
    @Override
    public Position position() {
        return new Position(message().subject(), 0, number);
    }

    /** When it arrived. */
    @Override
    public Instant timestamp() {
        return arrived;
    }
}
