package io.eventlane.jetstream;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * What the server tells about a delivery in its reply subject, by which the delivery is acknowledged:
 * {@code $JS.ACK.[domain.account.]stream.consumer.deliveries.stream-sequence.consumer-sequence.nanos.pending[.more]}.
 *
 * @param subject the whole
 * @param prefixLength of everything up to the consumer and the dot behind it
 * @param consumerSequence counts the consumer's deliveries, those again included, without a gap
 * @param nanos when the stream took the message, since the epoch
 */
record AckSubject(String subject, int prefixLength, long streamSequence, long consumerSequence,
        long nanos) {

    private static final String START = "$JS.ACK.";
    private static final int TOKENS_WITHOUT_DOMAIN = 9;
    private static final int TOKENS_WITH_DOMAIN = 11;

    /** The reply subject of a delivery that somebody else had, as far as the server looks at it. */
    static String of(String prefix, long streamSequence, long consumerSequence) {
        return prefix + "1." + streamSequence + '.' + consumerSequence + '.'
                + TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) + ".0";
    }

    /** The prefix that a server without domains uses. */
    static String prefix(String stream, String consumer) {
        return START + stream + '.' + consumer + '.';
    }

    /** Whether what is to be answered there is a delivery, and nothing that the server says itself. */
    static boolean isOne(String subject) {
        return subject.startsWith(START);
    }

    /**
     * @throws IllegalArgumentException when it is no such subject
     */
    static AckSubject parse(String subject) {
        if (!isOne(subject)) {
            throw malformed(subject);
        }
        int tokens = tokens(subject);
        if (tokens < TOKENS_WITHOUT_DOMAIN) {
            throw malformed(subject);
        }
        int consumer = start(subject, tokens >= TOKENS_WITH_DOMAIN ? 5 : 3);
        int deliveries = subject.indexOf('.', consumer) + 1;
        int stream = subject.indexOf('.', deliveries) + 1;
        int sequence = subject.indexOf('.', stream) + 1;
        int nanos = subject.indexOf('.', sequence) + 1;
        int pending = subject.indexOf('.', nanos) + 1;
        try {
            return new AckSubject(subject, deliveries, number(subject, stream, sequence),
                    number(subject, sequence, nanos), number(subject, nanos, pending));
        } catch (NumberFormatException e) {
            throw malformed(subject);
        }
    }

    private static int tokens(String subject) {
        int tokens = 1;
        for (int dot = subject.indexOf('.'); dot >= 0; dot = subject.indexOf('.', dot + 1)) {
            tokens++;
        }
        return tokens;
    }

    private static int start(String subject, int token) {
        int start = 0;
        for (int i = 0; i < token; i++) {
            start = subject.indexOf('.', start) + 1;
        }
        return start;
    }

    private static long number(String subject, int from, int next) {
        return Long.parseLong(subject, from, next - 1, 10);
    }

    private static IllegalArgumentException malformed(String subject) {
        return new IllegalArgumentException("'%s' is not the reply subject of a delivery".formatted(subject));
    }

    /** Everything up to the consumer and the dot behind it. */
    String prefix() {
        return subject.substring(0, prefixLength);
    }

    Instant timestamp() {
        return Instant.ofEpochSecond(0, nanos);
    }
}
