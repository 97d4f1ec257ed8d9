package io.eventlane.jetstream;

import java.time.Instant;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.InvalidEventException;
import io.eventlane.Position;
import io.eventlane.spi.InboundRecord;
import io.nats.client.Message;
import io.nats.client.impl.Headers;

/** A message as it came, and what its attempts leave for each other. */
final class JetStreamInboundRecord implements InboundRecord {

    private final Message message;
    private final String stream;
    private final AckSubject delivery;
    private final MessageReader reader;
    private final ReceivedHeaders headers;
    private final byte @Nullable [] key;

    // Owned by the source's thread

    private String replyTo;
    private long heardAt;

    // Owned by whoever runs it

    private byte @Nullable [] payload;
    private boolean read;
    private volatile boolean deadLetter;
    private @Nullable Object kept;

    JetStreamInboundRecord(Message message, String stream, AckSubject delivery, MessageReader reader) {
        this.message = message;
        this.stream = stream;
        this.delivery = delivery;
        this.reader = reader;
        this.headers = new ReceivedHeaders(message.getHeaders());
        this.key = reader.key(message, headers);
        this.replyTo = message.getReplyTo();
        this.heardAt = System.nanoTime();
    }

    /** The stream sequence. */
    long sequence() {
        return delivery.streamSequence();
    }

    /** What the subjects begin with by which messages of this consumer are acknowledged. */
    String ackPrefix() {
        return delivery.prefix();
    }

    /** By which the server knows the client that it gives messages to; {@code null} where it says nothing of that. */
    @Nullable
    String pin() {
        Headers headers = message.getHeaders();
        return headers == null ? null : headers.getLast("Nats-Pin-Id");
    }

    /** The number of the delivery. */
    long consumerSequence() {
        return delivery.consumerSequence();
    }

    /** The bytes that the message takes on the wire. */
    int size() {
        return (int) Math.min(Integer.MAX_VALUE, message.consumeByteCount());
    }

    @Override
    public void deadLettered() {
        deadLetter = true;
    }

    /** Whether the message is done because it is a dead letter. */
    boolean isDeadLetter() {
        return deadLetter;
    }

    /** Whether another delivery of the same sequence is one of the same message, not of what took its place. */
    boolean isSameMessage(JetStreamInboundRecord other) {
        return delivery.nanos() == other.delivery.nanos();
    }

    /** The server has delivered the message once more. */
    void deliveredAgain(JetStreamInboundRecord again) {
        replyTo = again.replyTo;
        heardAt = again.heardAt;
    }

    /** The subject by which the newest delivery is acknowledged. */
    String replyTo() {
        return replyTo;
    }

    /** When the server last heard that the message is held, as {@link System#nanoTime()}. */
    long heardAt() {
        return heardAt;
    }

    void heard(long now) {
        heardAt = now;
    }

    @Override
    public String topic() {
        return reader.topic();
    }

    @Override
    public Position position() {
        return new Position(stream, 0, sequence());
    }

    @Override
    public Instant timestamp() {
        return delivery.timestamp();
    }

    @Override
    public byte @Nullable [] key() {
        return key;
    }

    /**
     * Restores a compressed payload, once.
     *
     * @throws io.eventlane.InvalidEventException when it cannot be restored
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
