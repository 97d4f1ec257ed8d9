package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventHeaders;
import io.nats.client.Message;
import io.nats.client.impl.Headers;

/**
 * Reads messages of one topic: their key, payload and headers.
 *
 * @param topic the subject that a message has where it names no key
 */
record MessageReader(String topic) {

    /**
     * The bytes that choose the lane: the header with the aggregate's id, else the one with the key, else the
     * {@code aggregate_id} of a JSON payload, else the last token of the subject, else none.
     */
    byte @Nullable [] key(Message message) {
        byte[] id = header(message, EventHeaders.AGGREGATE_ID);
        if (id != null) {
            return id;
        }
        byte[] inPayload = message.getData() == null ? null : AggregateIdPeek.find(message.getData());
        return inPayload != null ? inPayload : token(message.getSubject());
    }

    private byte @Nullable [] token(String subject) {
        return subject.equals(topic) ? null : subject.substring(subject.lastIndexOf('.') + 1).getBytes(UTF_8);
    }

    byte @Nullable [] payload(Message message) {
        return message.getData();
    }

    byte @Nullable [] header(Message message, String name) {
        Headers headers = message.getHeaders();
        String value = headers == null ? null : headers.getLast(name);
        return value == null ? null : value.getBytes(UTF_8);
    }

    void forEachHeader(Message message, BiConsumer<String, byte @Nullable []> action) {
        Headers headers = message.getHeaders();
        if (headers != null) {
            for (String name : headers.keySet()) {
                List<String> values = headers.get(name);
                values.forEach(value -> action.accept(name, value.getBytes(UTF_8)));
            }
        }
    }
}
