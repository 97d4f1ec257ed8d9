package io.eventlane.jetstream;

import java.time.Instant;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.InvalidEventException;
import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;
import io.nats.client.Message;

/** A message of core NATS as it came, and what its attempts leave for each other. */
final class EphemeralInboundRecord implements InboundRecord {

    private final Message message;
    private final long number;
    private final Instant arrived = Instant.now();
    private final MessageReader reader;
    private final ReceivedHeaders headers;
    private final byte @Nullable [] key;
    private @Nullable Object kept;

    /**
     * @param number counts what this process has received for the channel
     */
    EphemeralInboundRecord(Message message, long number, MessageReader reader) {
        this.message = message;
        this.number = number;
        this.reader = reader;
        this.headers = new ReceivedHeaders(message.getHeaders());
        this.key = reader.key(message, headers);
    }

    int size() {
        return (int) Math.min(Integer.MAX_VALUE, message.consumeByteCount());
    }

    @Override
    public String topic() {
        return reader.topic();
    }

    /** The number of the message in this process: nobody else counts them. */
    @Override
    public Position position() {
        return new Position(message.getSubject(), 0, number);
    }

    /** When it arrived. */
    @Override
    public Instant timestamp() {
        return arrived;
    }

    @Override
    public byte @Nullable [] key() {
        return key;
    }

    @Override
    public byte @Nullable [] payload() {
        return reader.payload(message, headers);
    }

    @Override
    public byte @Nullable [] letterPayload() {
        try {
            return payload();
        } catch (InvalidEventException damaged) {
            return message.getData();
        }
    }

    @Override
    public byte @Nullable [] header(String name) {
        return headers.value(name);
    }

    @Override
    public void forEachHeader(BiConsumer<String, byte @Nullable []> action) {
        headers.forEach(action);
    }

    @Override
    public Message unwrap() {
        return message;
    }

    @Override
    public @Nullable Object kept() {
        return kept;
    }

    @Override
    public void keep(@Nullable Object state) {
        kept = state;
    }

    @Override
    public String toString() {
        return position().toString();
    }
}
