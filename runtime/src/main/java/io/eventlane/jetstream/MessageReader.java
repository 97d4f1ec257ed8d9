package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import io.nats.client.Message;

/**
 * Reads messages of one topic, whoever has published them.
 *
 * @param topic the subject that a message has where that names no key
 */
record MessageReader(String topic, PayloadDecompression decompression) {

    MessageReader(String topic) {
        this(topic, new PayloadDecompression(PayloadDecompression.DEFAULT_LIMIT));
    }

    /**
     * The bytes that choose the lane: what the headers say, else the {@code aggregate_id} of a JSON payload, else the last
     * token of the subject, else none.
     */
    byte @Nullable [] key(Message message, ReceivedHeaders headers) {
        if (headers.saysKey()) {
            return headers.key();
        }
        byte[] body = message.getData();
        byte[] inPayload = headers.compression() != null || body == null ? null : AggregateIdPeek.find(body);
        return inPayload != null ? inPayload : token(message.getSubject());
    }

    private byte @Nullable [] token(String subject) {
        return subject.equals(topic) ? null : subject.substring(subject.lastIndexOf('.') + 1).getBytes(UTF_8);
    }

    /**
     * @throws io.eventlane.InvalidEventException when it is not what its headers say
     */
    byte @Nullable [] payload(Message message, ReceivedHeaders headers) {
        byte[] body = message.getData();
        return body == null ? null : decompression.payload(body, headers);
    }
}
