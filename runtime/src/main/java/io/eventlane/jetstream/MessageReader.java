package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

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
     * token of the subject where that is one of a key, else none.
     */
    byte @Nullable [] key(ReceivedMessage message, ReceivedHeaders headers) {
        byte[] said = headers.key();
        if (said != null || headers.saysNoKey()) {
            return said;
        }
        byte[] inPayload = headers.compression() != null ? null : AggregateIdPeek.find(message.body());
        return inPayload != null ? inPayload : token(message.subject());
    }

    private byte @Nullable [] token(String subject) {
        String token = subject.substring(subject.lastIndexOf('.') + 1);
        return subject.equals(topic) || Partitions.isKeyless(token) ? null : token.getBytes(UTF_8);
    }

    /**
     * @throws io.eventlane.InvalidEventException when it is not what its headers say
     */
    byte @Nullable [] payload(ReceivedMessage message, ReceivedHeaders headers) {
        return decompression.payload(message.body(), headers);
    }
}
