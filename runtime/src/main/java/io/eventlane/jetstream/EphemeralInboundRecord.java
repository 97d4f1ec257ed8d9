package io.eventlane.jetstream;

import java.time.Instant;

import io.eventlane.Position;
import io.nats.client.Message;

/** A message of core NATS. */
final class EphemeralInboundRecord extends NatsInboundRecord {

    private final long number;
    private final Instant arrived = Instant.now();

    /**
     * @param number counts what this process has received for the channel
     */
    EphemeralInboundRecord(Message message, long number, MessageReader reader) {
        super(message, reader);
        this.number = number;
    }

    /** The number of the message in this process: nobody else counts them. */
    @Override
    public Position position() {
        return new Position(unwrap().getSubject(), 0, number);
    }

    /** When it arrived. */
    @Override
    public Instant timestamp() {
        return arrived;
    }
}
