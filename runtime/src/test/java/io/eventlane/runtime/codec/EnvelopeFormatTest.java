package io.eventlane.runtime.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

import io.eventlane.Envelope;
import io.eventlane.InvalidEventException;
import io.eventlane.spi.Codec;

class EnvelopeFormatTest {

    record Order(String orderId, int amount) {
    }

    private static final Instant WRITTEN = Instant.parse("2026-01-31T12:00:00.123456Z");
    private static final EnvelopeFormat.Defaults NONE = new EnvelopeFormat.Defaults(null, Instant.EPOCH);

    private final Codecs codecs = new Codecs(new ObjectMapper(), List.of());

    @Test
    void whenEveryFieldIsSet_thenTheJsonHasThemInOrder() throws Exception {
        Envelope<Order> envelope = new Envelope<>("e-1", "order-17", "order.placed", 2, WRITTEN, "t-1", "c-1", "n-1",
                new Order("17", 3));

        assertThat(json(codecs, envelope))
                .isEqualTo("{\"event_id\":\"e-1\",\"aggregate_id\":\"order-17\",\"event_type\":\"order.placed\","
                        + "\"event_version\":2,\"timestamp\":\"2026-01-31T12:00:00.123456Z\",\"trace_id\":\"t-1\",\"correlation_id\":\"c-1\","
                        + "\"tenant_id\":\"n-1\",\"payload\":{\"orderId\":\"17\",\"amount\":3}}");
    }

    @Test
    void whenOptionalFieldsAreNull_thenTheyAreLeftOut() throws Exception {
        Envelope<String> envelope = new Envelope<>("e-1", "a", "t", 1, WRITTEN, null, null, null, "x");

        assertThat(json(codecs, envelope)).doesNotContain("trace_id", "correlation_id", "tenant_id", "null");
    }

    @Test
    void whenTheApplicationRenamesFields_thenOnlyThoseOfThePayloadAreRenamed() throws Exception {
        Codecs renaming = new Codecs(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE),
                List.of());

        assertThat(json(renaming, new Envelope<>("e", "a", "t", 1, WRITTEN, null, null, null, new Order("17", 3))))
                .contains("\"event_id\":\"e\"", "\"order-id\":\"17\"");
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of(new Order("17", 3), Order.class, "{\"orderId\":\"17\",\"amount\":3}"),
                Arguments.of("a \"quoted\" text", String.class, "\"a \\\"quoted\\\" text\""),
                Arguments.of(42, int.class, "42"),
                Arguments.of(new BigDecimal("1.50"), BigDecimal.class, "1.50"),
                Arguments.of(new byte[] { 1, 2, 3 }, byte[].class, "\"AQID\""),
                Arguments.of(true, Boolean.class, "true"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void whenAnEnvelopeIsWrittenAndRead_thenItIsTheSame(Object payload, Type type, String wire) throws Exception {
        Envelope<Object> envelope = new Envelope<>("e", "a", "t", 1, WRITTEN, "x", null, "y", payload);

        String json = json(codecs, envelope);

        assertThat(json).endsWith("\"payload\":" + wire + "}");
        assertThat(read(json, type)).usingRecursiveComparison().isEqualTo(envelope);
    }

    @Test
    void whenTheApplicationHasACodec_thenItsBytesAreBase64() throws Exception {
        Codecs own = new Codecs(new ObjectMapper(), List.of(new OrderAsText()));
        Envelope<Order> envelope = new Envelope<>("e", "a", "t", 1, WRITTEN, null, null, null, new Order("17", 3));

        String json = json(own, envelope);

        assertThat(json).endsWith("\"payload\":\"MTctMw==\"}");
        assertThat(own.envelopes().decode(json.getBytes(UTF_8), own.of(Order.class), NONE)).isEqualTo(envelope);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "{\"a\": [1, 2]}", "[1, {}]", "17", "17.5e3", "true" })
    void whenTheHandlerTakesTextAndThePayloadIsNone_thenItIsThePayloadsJson(String payload) throws Exception {
        String json = "{\"payload\": %s , \"event_id\":\"e\",\"aggregate_id\":\"a\",\"event_type\":\"t\",\"event_version\":1}"
                .formatted(payload);

        assertThat(read(json, String.class).payload()).isEqualTo(payload);
    }

    @Test
    void whenFieldsComeInAnotherOrderAmongUnknownOnes_thenTheEnvelopeIsRead() throws Exception {
        Envelope<Object> envelope = read(
                "{\"x\":{\"event_id\":[1]},\"payload\":{\"orderId\":\"1\",\"amount\":2},\"event_version\":3,"
                        + "\"y\":[{}],\"event_type\":\"t\",\"timestamp\":\"2026-01-31T13:00:00+01:00\",\"aggregate_id\":\"a\",\"event_id\":\"e\","
                        + "\"trace_id\":null}",
                Order.class);

        assertThat(envelope).isEqualTo(new Envelope<>("e", "a", "t", 3, Instant.parse("2026-01-31T12:00:00Z"), null, null, null,
                new Order("1", 2)));
    }

    @Test
    void whenIdAndTimeAreMissing_thenTheRecordsOwnStandIn() throws Exception {
        byte[] json = "{\"aggregate_id\":\"a\",\"event_type\":\"t\",\"event_version\":1,\"payload\":1}".getBytes(UTF_8);

        Envelope<Object> envelope = codecs.envelopes().decode(json, codecs.of(int.class),
                new EnvelopeFormat.Defaults("from-header", WRITTEN));

        assertThat(envelope.eventId()).isEqualTo("from-header");
        assertThat(envelope.timestamp()).isEqualTo(WRITTEN);
    }

    static final List<Arguments> BROKEN = List.of(
            Arguments.of("\"aggregate_id\":\"a\",\"event_type\":\"t\",\"event_version\":1,\"payload\":1",
                    "event_id is missing"),
            Arguments.of("\"event_id\":\"e\",\"event_type\":\"t\",\"event_version\":1,\"payload\":1",
                    "aggregate_id is missing"),
            Arguments.of("\"event_id\":\"e\",\"aggregate_id\":\"a\",\"event_version\":1,\"payload\":1",
                    "event_type is missing"),
            Arguments.of("\"event_id\":\"e\",\"aggregate_id\":\"a\",\"event_type\":\"t\",\"payload\":1",
                    "event_version must be > 0, but is 0"),
            Arguments.of("\"event_id\":\"e\",\"aggregate_id\":\"a\",\"event_type\":\"t\",\"event_version\":1",
                    "payload is missing"),
            Arguments.of("\"event_id\":\"e\",\"aggregate_id\":\"a\",\"event_type\":\"t\",\"event_version\":1,\"payload\":null",
                    "payload is missing"),
            Arguments.of("\"event_id\":\" \",\"aggregate_id\":\"a\",\"event_type\":\"t\",\"event_version\":1,\"payload\":1",
                    "event_id must not be blank"),
            Arguments.of("\"aggregate_id\":\"a b\",\"event_id\":\"e\",\"event_type\":\"t\",\"event_version\":1,\"payload\":1",
                    "aggregate_id may hold only A-Z a-z 0-9 : _ . / - but has ' ' at index 1"),
            Arguments.of("\"event_id\":7", "event_id must be a string, but is VALUE_NUMBER_INT"),
            Arguments.of("\"event_version\":\"1\"", "event_version must be a whole number, but is VALUE_STRING"),
            Arguments.of("\"timestamp\":\"yesterday\"", "timestamp must be an ISO-8601 instant, but is 'yesterday'"));

    @ParameterizedTest
    @FieldSource("BROKEN")
    void whenAnEnvelopeBreaksARule_thenTheErrorNamesTheField(String fields, String message) {
        assertThatThrownBy(() -> read("{" + fields + "}", int.class)).isInstanceOf(InvalidEventException.class)
                .hasMessage(message);
    }

    @Test
    void whenTheRecordIsNoObject_thenTheErrorSaysSo() {
        assertThatThrownBy(() -> read("[1]", int.class)).isInstanceOf(InvalidEventException.class)
                .hasMessage("an envelope is a JSON object, but the record begins with START_ARRAY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"event_type\":\"t\"} | t",
            "{\"payload\":{\"event_type\":\"inner\"},\"event_type\":\"t\", broken | t",
            "{\"event_type\":7} |",
            "{\"other\":1} |",
            "[1] |",
            "not json |" })
    void whenTheTypeIsPeekedAt_thenItIsTheOneOfTheEnvelopeOrNone(String json, String type) {
        assertThat(codecs.envelopes().peekType(json.getBytes(UTF_8))).isEqualTo(type);
    }

    @Test
    void whenBytesBeginAsAnEnvelopeDoes_thenTheyLookLikeOne() throws Exception {
        byte[] written = json(codecs, Envelope.of("a", "t", 1, "x")).getBytes(UTF_8);

        assertThat(codecs.envelopes().looksLikeEnvelope(written)).isTrue();
        assertThat(codecs.envelopes().looksLikeEnvelope("{\"id\":1}".getBytes(UTF_8))).isFalse();
        assertThat(codecs.envelopes().looksLikeEnvelope(new byte[] { 0, 1, 2 })).isFalse();
        assertThat(codecs.envelopes().looksLikeEnvelope(new byte[0])).isFalse();
    }

    private static String json(Codecs codecs, Envelope<?> envelope) throws Exception {
        return new String(codecs.envelopes().encode(envelope, codecs.ofClass(envelope.payload().getClass())), UTF_8);
    }

    private Envelope<Object> read(String json, Type type) throws Exception {
        return codecs.envelopes().decode(json.getBytes(UTF_8), codecs.of(type), NONE);
    }

    private static final class OrderAsText implements Codec<Order> {

        @Override
        public boolean supports(Type type) {
            return type == Order.class;
        }

        @Override
        public byte[] encode(Order value) {
            return (value.orderId() + "-" + value.amount()).getBytes(UTF_8);
        }

        @Override
        public Order decode(byte[] data, Type type) {
            String[] parts = new String(data, UTF_8).split("-");
            return new Order(parts[0], Integer.parseInt(parts[1]));
        }
    }
}
