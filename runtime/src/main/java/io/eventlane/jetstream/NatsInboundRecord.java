package io.eventlane.jetstream;

import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.InvalidEventException;
import io.eventlane.spi.InboundRecord;
import io.nats.client.Message;

/** A message of NATS as it came, and what its attempts leave for each other. */
abstract sealed class NatsInboundRecord implements InboundRecord permits JetStreamInboundRecord, EphemeralInboundRecord {

    private final ReceivedMessage message;
    private final MessageReader reader;
    private final ReceivedHeaders headers;
    private final byte @Nullable [] key;

    // Owned by whoever runs it

    private byte @Nullable [] payload;
    private boolean read;
    private @Nullable Object kept;

    NatsInboundRecord(ReceivedMessage message, MessageReader reader) {
        this.message = message;
        this.reader = reader;
        this.headers = new ReceivedHeaders(message.headers());
        this.key = reader.key(message, headers);
    }

    final ReceivedMessage message() {
        return message;
    }

    /** The bytes that the message takes on the wire. */
    int size() {
        return message.size();
    }

    @Override
    public String topic() {
        return reader.topic();
    }

    @Override
    public byte @Nullable [] key() {
        return key;
    }

    /**
     * Restores a compressed payload, once.
     *
     * @throws InvalidEventException when it cannot be restored
     */
    @Override
    public byte @Nullable [] payload() {
        if (!read) {
            payload = reader.payload(message, headers);
            read = true;
        }
        return payload;
    }

    @Override
    public byte @Nullable [] letterPayload() {
        try {
            return payload();
        } catch (InvalidEventException damaged) {
            return message.body();
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
        return message.unwrap();
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
