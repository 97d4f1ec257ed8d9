package io.eventlane.jetstream;

import org.jspecify.annotations.Nullable;

import io.eventlane.InvalidEventException;
import io.eventlane.jetstream.JetStreamOutgoing.Compression;
import io.eventlane.spi.OutboundRecord;

/** What the events of a channel look like on the wire. Safe for many threads. */
final class WireForm {

    /** A client refuses subjects that make its control line longer than 4,096 bytes; servers bound that too. */
    static final int LONGEST_TOKEN = 1024;

    private static final byte[] EMPTY = {};

    private final String topic;
    private final boolean partitioned;
    private final @Nullable PayloadCompression compression;

    WireForm(JetStreamOutgoing settings) {
        this.topic = settings.topic();
        this.partitioned = settings.partitioned();
        this.compression = settings.compression() == Compression.LZ4 ? new PayloadCompression() : null;
    }

    /** @throws InvalidEventException when the key does not fit into the subject */
    WireMessage of(OutboundRecord record) {
        byte[] payload = record.payload();
        byte[] compressed = compression == null || payload == null ? null : compression.compress(payload);
        byte[] body = compressed != null ? compressed : payload != null ? payload : EMPTY;
        byte[] headers = WireHeaders.write(record, compressed == null || payload == null ? -1 : payload.length);
        return new WireMessage(subject(record.key()), headers, body);
    }

    private String subject(byte @Nullable [] key) {
        if (!partitioned) {
            return topic;
        }
        if (key == null || key.length == 0) {
            return topic + '.' + (key == null ? Partitions.anyToken() : Partitions.EMPTY_KEY);
        }
        String token = KeyToken.encode(key);
        if (token.length() > LONGEST_TOKEN) {
            throw new InvalidEventException(("the key has %d characters as a token of the subject, but %d are the most that a"
                    + " topic with partitions takes").formatted(token.length(), LONGEST_TOKEN));
        }
        return topic + '.' + token;
    }
}
