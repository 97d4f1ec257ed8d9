package io.eventlane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    @Test
    void whenMadeWithOf_thenItHasAFreshIdAndHappensNow() {
        Instant before = Instant.now();

        Envelope<String> envelope = Envelope.of("order-1", "order.placed", 2, "payload");

        assertThat(envelope.eventId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(envelope.timestamp()).isBetween(before, Instant.now());
        assertThat(envelope)
                .isEqualTo(new Envelope<>(envelope.eventId(), "order-1", "order.placed", 2, envelope.timestamp(), null,
                        null, null, "payload"));
        assertThat(Envelope.of("order-1", "order.placed", 2, "payload").eventId()).isNotEqualTo(envelope.eventId());
    }

    @Test
    void whenAFieldIsReplaced_thenTheOthersStay() {
        Envelope<String> envelope = Envelope.of("order-1", "order.placed", 2, "payload");

        assertThat(envelope.withEventId("e").withTraceId("t").withCorrelationId("c").withTenantId("n"))
                .isEqualTo(new Envelope<>("e", "order-1", "order.placed", 2, envelope.timestamp(), "t", "c", "n", "payload"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a", "Z", "0", "9", "order:17", "a_b.c/d-e", "-", ":" })
    void whenTheAggregateIdHasAllowedCharacters_thenItIsTaken(String id) {
        assertThat(Envelope.requireAggregateId(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a b", "a,b", "ä", "a;b", "a@b", "[", "`", "{", "a\u0000b", "a+b", "😀", "é" })
    void whenTheAggregateIdHasAnotherCharacter_thenTheErrorShowsWhichAndWhere(String id) {
        assertThatThrownBy(() -> Envelope.requireAggregateId(id)).isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("aggregate_id may hold only A-Z a-z 0-9 : _ . / - but has '")
                .hasMessageMatching("(?s).*at index \\d+");
    }

    @Test
    void whenTheAggregateIdIsSurroundedBySpace_thenItIsTrimmed() {
        assertThat(Envelope.of(" \t order-1\n", "t", 1, "p").aggregateId()).isEqualTo("order-1");
    }

    @Test
    void whenTheAggregateIdIsAsLongAsAllowed_thenItIsTakenAndOneMoreIsNot() {
        assertThat(Envelope.requireAggregateId("x".repeat(256))).hasSize(256);
        assertThat(Envelope.requireAggregateId(" " + "x".repeat(256) + " ")).hasSize(256);
        assertThatThrownBy(() -> Envelope.requireAggregateId("x".repeat(257))).isInstanceOf(InvalidEventException.class)
                .hasMessage("aggregate_id must have 1 to 256 bytes, but has 257");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\t\n" })
    void whenTheAggregateIdIsBlank_thenItIsRefused(String id) {
        assertThatThrownBy(() -> Envelope.requireAggregateId(id)).isInstanceOf(InvalidEventException.class)
                .hasMessage("aggregate_id must have 1 to 256 bytes, but has 0");
    }

    @Test
    void whenTheAggregateIdIsNull_thenItIsRefused() {
        assertThatThrownBy(() -> Envelope.requireAggregateId(null)).isInstanceOf(InvalidEventException.class)
                .hasMessage("aggregate_id must not be null");
    }

    @Test
    void whenAFieldBreaksARule_thenTheErrorNamesIt() {
        assertThatThrownBy(() -> Envelope.of("a", " ", 1, "p")).isInstanceOf(InvalidEventException.class)
                .hasMessage("event_type must not be blank");
        assertThatThrownBy(() -> Envelope.of("a", "t", 0, "p")).isInstanceOf(InvalidEventException.class)
                .hasMessage("event_version must be > 0, but is 0");
        assertThatThrownBy(() -> Envelope.of("a", "t", 1, "p").withEventId("")).isInstanceOf(InvalidEventException.class)
                .hasMessage("event_id must not be blank");
        assertThatThrownBy(() -> Envelope.of("a", "t", 1, null)).isInstanceOf(InvalidEventException.class)
                .hasMessage("payload must not be null in an envelope");
    }
}
