package io.eventlane.runtime.codec;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;

import io.eventlane.Envelope;
import io.eventlane.InvalidEventException;

/**
 * Envelopes as JSON, written and read field by field: the fields are the protocol's, whatever the application's
 * {@code ObjectMapper} does to names and nulls. A field that is not known is skipped.
 */
public final class EnvelopeFormat {

    private static final String EVENT_ID = "event_id";
    private static final String AGGREGATE_ID = "aggregate_id";
    private static final String EVENT_TYPE = "event_type";
    private static final String EVENT_VERSION = "event_version";
    private static final String TIMESTAMP = "timestamp";
    private static final String TRACE_ID = "trace_id";
    private static final String CORRELATION_ID = "correlation_id";
    private static final String TENANT_ID = "tenant_id";
    private static final String PAYLOAD = "payload";

    private final JsonFactory factory;

    EnvelopeFormat(JsonFactory factory) {
        this.factory = factory;
    }

    public byte[] encode(Envelope<?> envelope, PayloadFormat format) throws Exception {
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField(EVENT_ID, envelope.eventId());
            json.writeStringField(AGGREGATE_ID, envelope.aggregateId());
            json.writeStringField(EVENT_TYPE, envelope.eventType());
            json.writeNumberField(EVENT_VERSION, envelope.eventVersion());
            json.writeStringField(TIMESTAMP, envelope.timestamp().toString());
            writeOptional(json, TRACE_ID, envelope.traceId());
            writeOptional(json, CORRELATION_ID, envelope.correlationId());
            writeOptional(json, TENANT_ID, envelope.tenantId());
            json.writeFieldName(PAYLOAD);
            format.write(json, envelope.payload());
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeOptional(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    /**
     * @param defaults what stands in for an absent {@code event_id} or {@code timestamp}
     * @throws InvalidEventException when a field is missing or breaks a rule
     * @throws Exception when the bytes are not the JSON of an envelope, or whatever the payload's format throws
     */
    public Envelope<Object> decode(byte[] data, PayloadFormat format, Defaults defaults) throws Exception {
        try (JsonParser json = factory.createParser(data)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidEventException(
                        "an envelope is a JSON object, but the record begins with " + json.currentToken());
            }
            Fields fields = new Fields();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                fields.read(json, data, format);
            }
            return fields.toEnvelope(defaults);
        }
    }

    /** What the record itself says, for fields that a foreign writer left out. */
    public record Defaults(@Nullable String eventId, Instant timestamp) {
    }

    /** The {@code event_type} of an envelope, found without decoding it; {@code null} where there is none. */
    public @Nullable String peekType(byte[] data) {
        try (JsonParser json = factory.createParser(data)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = EVENT_TYPE.equals(json.currentName());
                JsonToken value = json.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_STRING ? json.getText() : null;
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException notJson) {
            return null;
        }
    }

    /** Whether the bytes begin as {@link #encode} writes them: a JSON object whose first field is {@code event_id}. */
    public boolean looksLikeEnvelope(byte[] data) {
        try (JsonParser json = factory.createParser(data)) {
            return json.nextToken() == JsonToken.START_OBJECT
                    && json.nextToken() == JsonToken.FIELD_NAME
                    && EVENT_ID.equals(json.currentName());
        } catch (IOException notJson) {
            return false;
        }
    }

    /** The fields of one envelope while they are read. */
    private static final class Fields {

        @Nullable
        String eventId;
        @Nullable
        String aggregateId;
        @Nullable
        String eventType;
        int eventVersion;
        @Nullable
        Instant timestamp;
        @Nullable
        String traceId;
        @Nullable
        String correlationId;
        @Nullable
        String tenantId;
        @Nullable
        Object payload;

        void read(JsonParser json, byte[] data, PayloadFormat format) throws Exception {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case EVENT_ID -> eventId = text(json, field);
                case AGGREGATE_ID -> aggregateId = text(json, field);
                case EVENT_TYPE -> eventType = text(json, field);
                case EVENT_VERSION -> eventVersion = number(json, field);
                case TIMESTAMP -> timestamp = instant(json, field);
                case TRACE_ID -> traceId = text(json, field);
                case CORRELATION_ID -> correlationId = text(json, field);
                case TENANT_ID -> tenantId = text(json, field);
                case PAYLOAD -> payload = value == JsonToken.VALUE_NULL ? null : format.read(json, data);
                default -> json.skipChildren();
            }
        }

        Envelope<Object> toEnvelope(Defaults defaults) {
            String id = eventId == null ? defaults.eventId() : eventId;
            if (id == null) {
                throw new InvalidEventException("event_id is missing");
            }
            Instant time = timestamp == null ? defaults.timestamp() : timestamp;
            return new Envelope<>(id, required(AGGREGATE_ID, aggregateId), required(EVENT_TYPE, eventType), eventVersion, time,
                    traceId, correlationId, tenantId, required(PAYLOAD, payload));
        }

        private static <V> V required(String field, @Nullable V value) {
            if (value == null) {
                throw new InvalidEventException(field + " is missing");
            }
            return value;
        }

        private static @Nullable String text(JsonParser json, String field) throws IOException {
            return switch (json.currentToken()) {
                case VALUE_STRING -> json.getText();
                case VALUE_NULL -> null;
                default -> throw wrong(json, field, "a string");
            };
        }

        private static int number(JsonParser json, String field) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw wrong(json, field, "a whole number");
            }
            return json.getIntValue();
        }

        private static @Nullable Instant instant(JsonParser json, String field) throws IOException {
            String text = text(json, field);
            try {
                return text == null ? null : Instant.parse(text);
            } catch (DateTimeException e) {
                throw new InvalidEventException(field + " must be an ISO-8601 instant, but is '" + text + "'", e);
            }
        }

        private static InvalidEventException wrong(JsonParser json, String field, String wanted) {
            return new InvalidEventException(field + " must be " + wanted + ", but is " + json.currentToken());
        }
    }
}
