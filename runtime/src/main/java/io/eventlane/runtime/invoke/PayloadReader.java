package io.eventlane.runtime.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventHeaders;
import io.eventlane.InvalidEventException;
import io.eventlane.runtime.HandlerMethod;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.runtime.codec.EnvelopeFormat;
import io.eventlane.runtime.codec.PayloadFormat;
import io.eventlane.spi.InboundHandler.Delivery;
import io.eventlane.spi.InboundRecord;

/**
 * Decodes records as one handler wants them. Its format is resolved once, at start.
 * <p>
 * A handler that takes the payload alone is given an envelope's payload where the record is one, which its headers
 * tell: those that publishing an envelope adds. A {@code byte[]} is always the whole value of the record.
 */
final class PayloadReader {

    private final String channel;
    private final HandlerMethod method;
    private final EnvelopeFormat envelopes;
    private final PayloadFormat format;
    private final boolean raw;

    PayloadReader(String channel, HandlerMethod method, Codecs codecs) {
        this.channel = channel;
        this.method = method;
        this.envelopes = codecs.envelopes();
        this.format = codecs.of(method.payloadType());
        this.raw = !method.envelope() && method.payloadType() == byte[].class;
    }

    /**
     * @throws InvalidEventException when the record cannot be decoded; it names the handler and the position
     */
    Event<?> read(InboundRecord record, Delivery delivery) {
        try {
            byte[] value = record.payload();
            if (value == null) {
                return event(record, delivery, null, null);
            }
            if (method.envelope()) {
                Envelope<Object> envelope = readEnvelope(record, value);
                return event(record, delivery, envelope, envelope);
            }
            if (!raw && isEnvelope(record, value)) {
                Envelope<Object> envelope = readEnvelope(record, value);
                return event(record, delivery, envelope.payload(), envelope);
            }
            return event(record, delivery, format.decode(value), null);
        } catch (Exception e) {
            throw new InvalidEventException("%s: the event at %s of channel '%s' cannot be decoded as %s%s: %s".formatted(
                    method.description(), record.position(), channel, method.envelope() ? "an envelope of " : "",
                    method.payloadType().getTypeName(), e.getMessage()), e);
        }
    }

    @SuppressWarnings("NullAway") // it does not see that T may be null
    private Event<?> event(InboundRecord record, Delivery delivery, @Nullable Object payload, @Nullable Envelope<?> envelope) {
        return method.message()
                ? new ReceivedMessage<@Nullable Object>(channel, record, delivery, payload, envelope)
                : new ReceivedEvent<@Nullable Object>(channel, record, delivery, payload, envelope);
    }

    private boolean isEnvelope(InboundRecord record, byte[] value) {
        return record.header(EventHeaders.EVENT_VERSION) != null && envelopes.looksLikeEnvelope(value);
    }

    private Envelope<Object> readEnvelope(InboundRecord record, byte[] value) throws Exception {
        byte[] id = record.header(EventHeaders.EVENT_ID);
        Instant timestamp = record.timestamp();
        Envelope<Object> envelope = envelopes.decode(value, format,
                new EnvelopeFormat.Defaults(id == null ? null : new String(id, UTF_8), timestamp));
        requireSame(envelope, "header " + EventHeaders.AGGREGATE_ID, record.header(EventHeaders.AGGREGATE_ID));
        requireSame(envelope, "key", record.key());
        return envelope;
    }

    /** The lane was chosen by the header or key: an envelope of another aggregate would run out of its order. */
    private static void requireSame(Envelope<?> envelope, String where, byte @Nullable [] id) {
        if (id != null && !Arrays.equals(id, envelope.aggregateId().getBytes(UTF_8))) {
            throw new InvalidEventException("aggregate_id is '%s', but the record's %s is '%s'"
                    .formatted(envelope.aggregateId(), where, new String(id, UTF_8)));
        }
    }
}
