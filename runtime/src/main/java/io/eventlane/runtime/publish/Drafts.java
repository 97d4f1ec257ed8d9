package io.eventlane.runtime.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.EventHeaders;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.runtime.codec.PayloadFormat;
import io.eventlane.spi.OutboundRecord;

/** Turns payloads and envelopes into records. */
final class Drafts {

    private final Codecs codecs;

    Drafts(Codecs codecs) {
        this.codecs = codecs;
    }

    /** A plain payload; {@code null} is a tombstone. */
    Draft plain(String eventId, byte @Nullable [] key, @Nullable Object payload) throws Exception {
        byte[] value = payload == null ? null : codecs.ofClass(payload.getClass()).encode(payload);
        return new Draft(new OutboundRecord(eventId, key, value, List.of(header(EventHeaders.EVENT_ID, eventId))), null, null,
                null);
    }

    Draft envelope(Envelope<?> envelope) throws Exception {
        PayloadFormat format = codecs.ofClass(envelope.payload().getClass());
        byte[] value = codecs.envelopes().encode(envelope, format);
        byte[] key = envelope.aggregateId().getBytes(UTF_8);
        return new Draft(new OutboundRecord(envelope.eventId(), key, value, headers(envelope)), envelope.aggregateId(),
                envelope.eventType(), envelope.tenantId());
    }

    private static List<Map.Entry<String, byte[]>> headers(Envelope<?> envelope) {
        List<Map.Entry<String, byte[]>> headers = new ArrayList<>(8);
        headers.add(header(EventHeaders.EVENT_ID, envelope.eventId()));
        headers.add(header(EventHeaders.AGGREGATE_ID, envelope.aggregateId()));
        headers.add(header(EventHeaders.EVENT_TYPE, envelope.eventType()));
        headers.add(header(EventHeaders.EVENT_VERSION, Integer.toString(envelope.eventVersion())));
        headers.add(header(EventHeaders.TIMESTAMP, envelope.timestamp().toString()));
        addOptional(headers, EventHeaders.TRACE_ID, envelope.traceId());
        addOptional(headers, EventHeaders.CORRELATION_ID, envelope.correlationId());
        addOptional(headers, EventHeaders.TENANT_ID, envelope.tenantId());
        return headers;
    }

    private static void addOptional(List<Map.Entry<String, byte[]>> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.add(header(name, value));
        }
    }

    private static Map.Entry<String, byte[]> header(String name, String value) {
        return Map.entry(name, value.getBytes(UTF_8));
    }
}
