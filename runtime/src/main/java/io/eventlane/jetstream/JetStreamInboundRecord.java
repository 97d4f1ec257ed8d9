package io.eventlane.jetstream;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;

/** A message that a consumer of a stream has delivered. */
final class JetStreamInboundRecord extends NatsInboundRecord {

    private final String stream;
    private final AckSubject delivery;

    // Owned by the source's thread

    private String replyTo;
    private long heardAt;

    private volatile boolean deadLetter;

    /** @param delivered that is one ({@link ReceivedMessage#isDelivery}) */
    JetStreamInboundRecord(ReceivedMessage delivered, String stream, MessageReader reader) {
        super(delivered, reader);
        this.stream = stream;
        this.replyTo = Objects.requireNonNull(delivered.replyTo());
        this.delivery = AckSubject.parse(replyTo);
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
        return message().headers().lastText("Nats-Pin-Id");
    }

    /** The number of the delivery. */
    long consumerSequence() {
        return delivery.consumerSequence();
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
        return storedAt() == other.storedAt();
    }

    /** When the stream got it, in nanoseconds since 1970. */
    long storedAt() {
        return delivery.nanos();
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
    public Position position() {
        return new Position(stream, 0, sequence());
    }

    @Override
    public Instant timestamp() {
        return delivery.timestamp();
    }
}
