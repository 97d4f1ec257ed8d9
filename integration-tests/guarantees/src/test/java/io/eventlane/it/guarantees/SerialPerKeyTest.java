package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SerialPerKeyTest {

    private final HandMade hand = new HandMade();

    @Test
    void whenRunsFollowEachOther_thenNothingIsFound() {
        hand.ran("a", 1, 10, 20).ran("a", 2, 20, 30).ran("b", 3, 30, 40);

        assertThat(new SerialPerKey().violations(hand.history())).isEmpty();
    }

    @Test
    void whenTwoRunsOverlapInAProcess_thenThatIsFound() {
        hand.ran("a", 1, 10, 20).ran("a", 2, 19, 30).frozen("a", 12, 18);

        assertThat(new SerialPerKey().violations(hand.history())).hasSize(1);
    }

    @Test
    void whenTwoRunsOverlapBetweenProcessesWithoutAReason_thenThatIsFound() {
        hand.ran("a", 1, 10, 20).ran("b", 1, 15, 25);

        assertThat(new SerialPerKey().violations(hand.history())).hasSize(1);
        assertThat(hand.history().excusedOverlaps()).isZero();
    }

    @Test
    void whenARunBeganBeforeItsProcessWasFrozen_thenItsOverlapIsCountedApart() {
        hand.ran("a", 1, 10, 100).frozen("a", 15, 90).ran("b", 1, 50, 95);

        assertThat(new SerialPerKey().violations(hand.history())).isEmpty();
        assertThat(hand.history().excusedOverlaps()).isEqualTo(1);
    }

    @Test
    void whenARunStartsAfterItsProcessWasThawed_thenItsOverlapIsFound() {
        hand.ran("a", 2, 91, 100).frozen("a", 15, 90).ran("b", 2, 95, 99);

        assertThat(new SerialPerKey().violations(hand.history())).hasSize(1);
    }

    @Test
    void whenARunGoesOnPastTheRevokeTimeout_thenItsOverlapIsCountedApart() {
        hand.ran("a", 1, 10, 20_000).ran("b", 1, 10_100, 10_200);

        assertThat(new SerialPerKey().violations(hand.history())).isEmpty();
        assertThat(hand.history().excusedOverlaps()).isEqualTo(1);
    }

    @Test
    void whenTheBrokerWasAwayDuringARun_thenItsOverlapIsCountedApart() {
        hand.ran("a", 1, 10, 100).outage(20, 80).ran("b", 1, 90, 110);

        assertThat(new SerialPerKey().violations(hand.history())).isEmpty();
        assertThat(hand.history().excusedOverlaps()).isEqualTo(1);
    }

    @Test
    void whenOnlyConnectionsWereReset_thenAnOverlapIsFound() {
        hand.ran("a", 1, 10, 100).reset(20).ran("b", 1, 90, 110);

        assertThat(new SerialPerKey().violations(hand.history())).hasSize(1);
    }

    @Test
    void whenARunStartsAfterTheBrokerWasAway_thenItsOverlapIsFound() {
        hand.ran("a", 1, 85, 100).outage(20, 80).ran("b", 1, 90, 110);

        assertThat(new SerialPerKey().violations(hand.history())).hasSize(1);
    }
}
