package io.eventlane.jetstream;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;

/** Headers and messages as they come through a {@link WireSocket}. */
final class Arriving {

    private Arriving() {
    }

    static ReceivedHeaders headers(@Nullable Headers headers) {
        return new ReceivedHeaders(headers == null || headers.isEmpty() ? HeaderBlock.NONE : block(headers.getSerialized()));
    }

    static HeaderBlock block(byte[] bytes) {
        return Objects.requireNonNull(HeaderBlock.of(bytes, bytes.length));
    }

    static ReceivedMessage message(String subject, String replyTo, Headers headers, byte[] body) {
        byte[] written = headers.getSerialized();
        byte[] data = new byte[written.length + body.length];
        System.arraycopy(written, 0, data, 0, written.length);
        System.arraycopy(body, 0, data, written.length, body.length);
        return ReceivedMessage.of(NatsMessage.builder().subject(subject + UnreadHeaders.MARK + written.length).replyTo(replyTo)
                .data(data).build());
    }
}
