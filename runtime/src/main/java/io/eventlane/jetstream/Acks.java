package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.Message;

/**
 * Tells the server what has become of the messages of one consumer, without waiting. What is said while there is no
 * connection is lost, and not missed: the server asks again by delivering the message again. For the source's thread.
 */
final class Acks {

    private static final byte[] DONE = "+ACK".getBytes(US_ASCII);
    private static final byte[] TERMINATED = "+TERM".getBytes(US_ASCII);
    private static final byte[] BACK = "-NAK".getBytes(US_ASCII);
    private static final byte[] IN_PROGRESS = "+WPI".getBytes(US_ASCII);

    /** An acknowledgement that the server has not confirmed. */
    private record Unconfirmed(String subject, byte[] body, long sentAt) {
    }

    private final Link link;
    private final ConsumerPlan plan;
    private final Map<Long, Unconfirmed> unconfirmed = new LinkedHashMap<>();
    private @Nullable String confirmations;
    private @Nullable String prefix;

    Acks(Link link, ConsumerPlan plan) {
        this.link = link;
        this.plan = plan;
    }

    /**
     * @param subject beneath which the server confirms; {@code null} where it is not asked to
     */
    void confirmTo(@Nullable String subject) {
        confirmations = subject;
    }

    /** The message is done: its handler has finished, or it is a dead letter. */
    void done(JetStreamInboundRecord record, long now) {
        byte[] body = record.isDeadLetter() ? TERMINATED : DONE;
        if (confirmations == null) {
            publish(record.replyTo(), body);
        } else {
            confirm(record.sequence(), new Unconfirmed(record.replyTo(), body, now));
        }
    }

    private void confirm(long sequence, Unconfirmed ack) {
        unconfirmed.remove(sequence);
        unconfirmed.put(sequence, ack);
        publish(ack.subject(), confirmations + '.' + sequence, ack.body());
    }

    /** An answer of the server to an acknowledgement. */
    void confirmed(Message answer) {
        String subject = answer.getSubject();
        unconfirmed.remove(Long.parseLong(subject, subject.lastIndexOf('.') + 1, subject.length(), 10));
    }

    /** Nothing is waited for that the server has not confirmed. */
    void forget() {
        unconfirmed.clear();
    }

    /** Whether the server has confirmed all that it was asked to. */
    boolean areConfirmed() {
        return unconfirmed.isEmpty();
    }

    /** Repeats what the server has not confirmed. */
    void repeatUnconfirmed(long now) {
        long before = now - plan.settings().progressInterval().toNanos();
        List<Map.Entry<Long, Unconfirmed>> due = unconfirmed.entrySet().stream()
                .takeWhile(ack -> ack.getValue().sentAt() - before <= 0).map(Map.Entry::copyOf).toList();
        due.forEach(ack -> confirm(ack.getKey(), new Unconfirmed(ack.getValue().subject(), ack.getValue().body(), now)));
    }

    void inProgress(JetStreamInboundRecord record) {
        publish(record.replyTo(), IN_PROGRESS);
    }

    /** Has the server deliver a message anew, to whoever asks next. */
    void giveBack(JetStreamInboundRecord record) {
        publish(record.replyTo(), BACK);
    }

    /** As the other, of a message that was delivered elsewhere, if at all. */
    void giveBack(long sequence, long delivered) {
        publish(subject(sequence, delivered), BACK);
    }

    /** A message that was done before, or that the stream does not have any more. */
    void done(long sequence, long delivered) {
        publish(subject(sequence, delivered), DONE);
    }

    private String subject(long sequence, long delivered) {
        String known = prefix;
        return AckSubject.of(known == null ? AckSubject.prefix(plan.stream(), plan.durable()) : known, sequence, delivered);
    }

    /** How the server writes the consumer's subjects. */
    void learnPrefix(JetStreamInboundRecord delivered) {
        if (prefix == null) {
            prefix = delivered.ackPrefix();
        }
    }

    private void publish(String subject, byte[] body) {
        publish(subject, null, body);
    }

    private void publish(String subject, @Nullable String replyTo, byte[] body) {
        Connection connection = link.connection();
        try {
            if (connection != null) {
                connection.publish(subject, replyTo, body);
            }
        } catch (IllegalStateException notConnected) {
            // Lost, as said above.
        }
    }
}
