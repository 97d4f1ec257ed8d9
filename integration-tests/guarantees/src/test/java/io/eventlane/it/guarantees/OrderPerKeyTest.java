package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderPerKeyTest {

    private final HandMade hand = new HandMade();

    @Test
    void whenEventsRunOneAfterTheOther_thenNothingIsFound() {
        hand.ran("a", 1, 10, 20).ran("a", 2, 20, 30).ran("b", 3, 40, 50);

        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAnEventStartsBeforeTheOneBeforeHasFinished_thenItIsAnInversion() {
        hand.ran("a", 1, 10, 20).ran("b", 2, 15, 30);

        assertThat(new OrderPerKey().violations(hand.history())).singleElement().asString().contains("number 2");
    }

    @Test
    void whenAnEventGoesOnWhileAnEarlierOneWaitsForItsRetry_thenItIsAnInversion() {
        hand.failed("a", 1, 1, 10, 20).ran("a", 2, 20, 30).retried("a", 1, 2, 40, 50);

        assertThat(new OrderPerKey().violations(hand.history())).isNotEmpty();
    }

    @Test
    void whenAKeyWaitsForARetry_thenNothingIsFound() {
        hand.failed("a", 1, 1, 10, 20).retried("a", 1, 2, 40, 50).ran("a", 2, 50, 60);

        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();
    }

    @Test
    void whenTheNextEventStartsAfterTheLastAttemptOfADeadLetter_thenNothingIsFound() {
        hand.failed("a", 1, 1, 10, 20).failed("a", 1, 2, 30, 40).deadLettered(1).ran("a", 2, 40, 50);

        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();
    }

    @Test
    void whenADeadLetterIsRepeatedAfterAKill_thenItsFirstFinishCounts() {
        hand.failed("a", 1, 1, 10, 20).failed("a", 1, 2, 30, 40).ran("a", 2, 40, 50).killed("a", 55)
                .failed("b", 1, 1, 60, 70).failed("b", 1, 2, 80, 90).ran("b", 2, 90, 100).deadLettered(1);

        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();
    }

    @Test
    void whenTheNextEventStartsBeforeTheLastAttemptOfADeadLetter_thenItIsAnInversion() {
        hand.failed("a", 1, 1, 10, 20).ran("a", 2, 20, 25).failed("a", 1, 2, 30, 40).deadLettered(1);

        assertThat(new OrderPerKey().violations(hand.history())).isNotEmpty();
    }

    @Test
    void whenAProcessIsKilledAndAnotherRepeats_thenNothingIsFound() {
        hand.ran("a", 1, 10, 20).ran("a", 2, 20, 30).started("a", 3, 30).killed("a", 35)
                .ran("b", 2, 60, 70).ran("b", 3, 70, 80);

        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();
    }

    @Test
    void whenARepetitionLeavesOneOut_thenItIsAnInversion() {
        hand.ran("a", 1, 10, 20).ran("a", 2, 20, 30).ran("a", 3, 30, 40).killed("a", 45)
                .ran("b", 1, 60, 70).ran("b", 3, 70, 80);

        assertThat(new OrderPerKey().violations(hand.history())).singleElement().asString().contains("number 3");
    }

    @Test
    void whenARunOutlastsAFreeze_thenNothingIsFound() {
        hand.ran("a", 1, 10, 100).frozen("a", 15, 90).ran("b", 1, 50, 60).ran("b", 2, 60, 70);

        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAThawedProcessStartsWhatAnotherHasDone_thenItIsAnInversion() {
        hand.ran("a", 1, 10, 100).frozen("a", 15, 90).ran("b", 1, 50, 60).ran("b", 2, 60, 70).ran("a", 2, 101, 110);

        assertThat(new OrderPerKey().violations(hand.history())).singleElement().asString().contains("thawed", "number 2");
    }

    @Test
    void whenAThawedProcessGoesOnWhereAnotherStopped_thenNothingIsFound() {
        hand.ran("a", 1, 10, 14).frozen("a", 15, 90).ran("b", 2, 50, 60).ran("a", 3, 101, 110);

        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAProcessIsCutOffForLongerThanItsGroupWaits_thenWhatItStartsIsAnInversion() {
        hand.ran("a", 1, 10, 20).ran("a", 2, 5_900, 5_910).outage(20, 9_000).ran("b", 3, 9_100, 9_110);
        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();

        hand.ran("a", 4, 9_200, 9_210).ran("a", 5, 10_000, 10_010).outage(9_300, 20_000).ran("a", 6, 15_400, 15_410);
        assertThat(new OrderPerKey().violations(hand.history())).singleElement().asString().contains("cut off", "number 6");
    }

    @Test
    void whenAThawedProcessRepeatsWhatOneThatWasKilledHasDone_thenNothingIsFound() {
        hand.ran("a", 1, 10, 14).frozen("a", 15, 90).ran("b", 2, 50, 60).killed("b", 95).ran("a", 2, 101, 110);

        assertThat(new OrderPerKey().violations(hand.history())).isEmpty();
    }
}
