package io.eventlane.runtime.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import io.eventlane.Position;

class QuarantineTest {

    private final Quarantine quarantine = new Quarantine();

    @Test
    void whenAKeyIsKeptOut_thenOnlyItsEventsAre() {
        quarantine.add(event("orders", 1, "k"), "it failed");

        assertThat(quarantine.reasonAgainst(event("orders", 2, "k"))).hasMessageContaining("since it failed");
        assertThat(quarantine.reasonAgainst(event("orders", 2, "other"))).isNull();
        assertThat(quarantine.reasonAgainst(event("orders", 2, null))).isNull();
        assertThat(quarantine.reasonAgainst(event("orders", 2, null).with("X-Aggregate-ID", "k"))).isNotNull();
    }

    @Test
    void whenLettersOfAKeyGoBack_thenItsEventsWaitUntilItIsKnownWhereTheFirstStands() {
        quarantine.add(event("orders", 1, "k"), "it failed");

        assertThat(quarantine.returning(event("dead", 0, "k"))).isTrue();
        assertThat(quarantine.returning(event("dead", 1, "k"))).as("the first alone").isFalse();
        assertThatThrownBy(() -> quarantine.reasonAgainst(event("orders", 9, "k"))).isInstanceOf(PostponedException.class);

        quarantine.returned(event("dead", 0, "k"), new Position("orders", 3, 10));
        assertThat(quarantine.reasonAgainst(event("orders", 9, "k"))).isNotNull();
        assertThat(quarantine.reasonAgainst(event("other", 10, "k"))).isNotNull();
        assertThat(quarantine.reasonAgainst(event("orders", 10, "k"))).isNull();
        assertThat(quarantine.keys()).isEmpty();
    }

    @Test
    void whenTheLetterDidNotGoBack_thenTheKeyStaysOut() {
        quarantine.add(event("orders", 1, "k"), "it failed");
        quarantine.returning(event("dead", 0, "k"));

        quarantine.returned(event("dead", 0, "k"), null);

        assertThat(quarantine.reasonAgainst(event("orders", 9, "k"))).isNotNull();
        assertThat(quarantine.keys()).containsExactly("k");
    }

    @Test
    void whenAnEventWithoutAKeyIsDiverted_thenItGoesAloneAndOnce() {
        quarantine.divert(event("orders", 5, null), "it was parked");

        assertThat(quarantine.reasonAgainst(event("orders", 6, null))).isNull();
        assertThat(quarantine.reasonAgainst(event("orders", 5, null))).isNotNull();
        assertThat(quarantine.reasonAgainst(event("orders", 5, null))).isNull();
        assertThat(quarantine.keys()).isEmpty();
    }

    private static FailedRecord event(String topic, long offset, String key) {
        return new FailedRecord(topic, offset, key);
    }
}
