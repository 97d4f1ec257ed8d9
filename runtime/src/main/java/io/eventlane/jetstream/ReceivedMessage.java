package io.eventlane.jetstream;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;

/**
 * A message as it comes through a {@link WireSocket}: its headers are the beginning of what the client takes for the payload.
 */
final class ReceivedMessage {

    private final Message message;
    private final String subject;
    private final HeaderBlock headers;

    private ReceivedMessage(Message message, String subject, HeaderBlock headers) {
        this.message = message;
        this.subject = subject;
        this.headers = headers;
    }

    static ReceivedMessage of(Message message) {
        String said = message.getSubject();
        int mark = said.lastIndexOf(UnreadHeaders.MARK);
        HeaderBlock headers = mark < 0 ? null : HeaderBlock.of(message.getData(), number(said, mark + 1));
        // Somebody may use such a subject for a message without headers.
        return headers == null ? new ReceivedMessage(message, said, HeaderBlock.NONE)
                : new ReceivedMessage(message, said.substring(0, mark), headers);
    }

    private static int number(String text, int from) {
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > Integer.MAX_VALUE / 10 - 1) {
                return 0;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    String subject() {
        return subject;
    }

    @Nullable
    String replyTo() {
        return message.getReplyTo();
    }

    /** Whether a consumer of a stream has delivered it. */
    boolean isDelivery() {
        String replyTo = message.getReplyTo();
        return replyTo != null && AckSubject.isOne(replyTo);
    }

    HeaderBlock headers() {
        return headers;
    }

    /** What was published beside headers, as a new array where there are headers. */
    byte[] body() {
        byte[] data = message.getData();
        return headers.length() == 0 ? data : Arrays.copyOfRange(data, headers.length(), data.length);
    }

    /** The bytes that the message takes on the wire. */
    int size() {
        return (int) Math.min(Integer.MAX_VALUE, message.consumeByteCount());
    }

    /** The message in the client's words; without headers that the client cannot hold. */
    Message unwrap() {
        Headers known = new Headers();
        headers.forEach((name, value) -> {
            try {
                known.add(name, HeaderBlock.text(value));
            } catch (IllegalArgumentException notAscii) {
                // As said above.
            }
        });
        return NatsMessage.builder().subject(subject).replyTo(message.getReplyTo()).headers(known).data(body()).build();
    }
}
