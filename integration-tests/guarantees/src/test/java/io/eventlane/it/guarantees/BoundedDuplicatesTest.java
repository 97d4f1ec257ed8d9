package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedDuplicatesTest {

    private final HandMade hand = new HandMade();

    @Test
    void whenEveryEventRunsOnce_thenNothingIsFound() {
        hand.ran("a", 1, 10, 20).ran("b", 2, 20, 30);

        assertThat(new BoundedDuplicates().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAnEventRunsTwiceAfterACleanLeave_thenThatIsFound() {
        hand.ran("a", 1, 10, 20).ran("b", 1, 20, 30);

        assertThat(new BoundedDuplicates().violations(hand.history())).singleElement().asString()
                .contains("duplicates: 1", "events-0@1");
    }

    @Test
    void whenAttemptsFail_thenTheirRetriesAreNoDuplicates() {
        hand.failed("a", 1, 1, 10, 20).failed("a", 1, 2, 30, 40).retried("a", 1, 3, 50, 60)
                .failed("a", 2, 1, 60, 70).failed("a", 2, 2, 80, 90).deadLettered(2);

        assertThat(hand.history().duplicates()).isZero();
    }

    @Test
    void whenAnAttemptIsMadeAgainElsewhere_thenThatIsADuplicateButAllowedWhereKeysWait() {
        hand.failed("a", 1, 1, 10, 20).failed("b", 1, 1, 30, 40).retried("b", 1, 2, 50, 60);

        assertThat(hand.history().duplicates()).isEqualTo(1);
        assertThat(new BoundedDuplicates().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAProcessWasKilled_thenWhatItHadNotCommittedMayBeRepeated() {
        killedAfter(8);

        assertThat(hand.history().duplicates()).isEqualTo(8);
        assertThat(new BoundedDuplicates().violations(hand.history())).isEmpty();
    }

    @Test
    void whenMoreIsRepeatedThanAKillAllows_thenThatIsFound() {
        killedAfter(30);

        assertThat(new BoundedDuplicates().violations(hand.history())).singleElement().asString()
                .contains("duplicates: 30, of which");
    }

    @Test
    void whenAProcessWasFrozenOrTheBrokerAway_thenWhatItHadNotCommittedMayBeRepeated() {
        hand.ran("a", 1, 10, 20).frozen("a", 30, 60).ran("b", 1, 50, 55);
        assertThat(new BoundedDuplicates().violations(hand.history())).isEmpty();

        HandMade other = new HandMade().ran("a", 1, 10, 20).outage(30, 60).ran("b", 1, 70, 75);
        assertThat(new BoundedDuplicates().violations(other.history())).isEmpty();
    }

    @Test
    void whenConnectionsWereReset_thenWhatWasNotCommittedMayBeRepeated() {
        hand.ran("a", 1, 10, 20).reset(30).ran("b", 1, 50, 55);

        assertThat(new BoundedDuplicates().violations(hand.history())).isEmpty();
    }

    /** One event a second, so that few are of the last commit interval. */
    private void killedAfter(int events) {
        for (int number = 1; number <= events; number++) {
            hand.ran("a", number, number * 1_000L, number * 1_000L + 10);
            hand.ran("b", number, 100_000 + number * 1_000L, 100_000 + number * 1_000L + 10);
        }
        hand.killed("a", events * 1_000L + 500);
    }
}
