package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class AtLeastOnceTest {

    private final HandMade hand = new HandMade();

    @Test
    void whenEveryEventIsHandled_thenNothingIsFound() {
        hand.published(1, 2).ran("a", 1, 10, 20).ran("a", 2, 20, 30);

        assertThat(new AtLeastOnce().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAnAcknowledgedEventNeverStarts_thenItIsLost() {
        hand.published(1, 2).ran("a", 1, 10, 20);

        assertThat(new AtLeastOnce().violations(hand.history())).singleElement().asString().contains("lost", "events-0@2");
    }

    @Test
    void whenAnEventIsStartedAndItsProcessKilled_thenItIsLostUntilAnotherHandlesIt() {
        hand.published(1).started("a", 1, 10).killed("a", 15);
        assertThat(new AtLeastOnce().violations(hand.history())).hasSize(1);

        hand.ran("b", 1, 30, 40);
        assertThat(new AtLeastOnce().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAnEventOnlyFails_thenItIsLostUnlessItIsDeadLettered() {
        hand.published(1).failed("a", 1, 1, 10, 20).failed("a", 1, 2, 30, 40);
        assertThat(new AtLeastOnce().violations(hand.history())).hasSize(1);

        hand.deadLettered(1);
        assertThat(new AtLeastOnce().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAnEventThatWasNotAcknowledgedNeverRuns_thenItIsNotLost() {
        hand.published(2).ran("a", 2, 10, 20);

        assertThat(new AtLeastOnce().violations(hand.history())).isEmpty();
    }

    @Test
    void whenTheResultOfAHandledEventIsMissing_thenItIsLost() {
        hand.published(1).ran("a", 1, 10, 20).withoutResult(1);

        assertThat(new AtLeastOnce().violations(hand.history())).singleElement().asString().contains("result", "events-0@1");
    }

    @Test
    void whenAPartitionIsNeverCommitted_thenItIsStuck() {
        hand.published(1).ran("a", 1, 10, 20).uncommitted("events-0 is committed to 0 of 1");

        assertThat(new AtLeastOnce().violations(hand.history())).singleElement().asString().startsWith("stuck: events-0");
    }

    @Test
    void whenAProcessInMemoryIsAskedToStop_thenWhatItsKeysHadNotComeToIsNotLost() {
        hand.inMemory().published(1, 2, 3).ran("a", 1, 10, 20).failed("a", 2, 1, 20, 30).ended("a", stoppedAt(25));

        assertThat(new AtLeastOnce().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAProcessInMemoryIsAskedToStop_thenWhatItsKeysHavePassedIsLostAndWhatRan() {
        hand.inMemory().published(1, 2, 3).ran("a", 2, 10, 20).started("a", 3, 20).ended("a", stoppedAt(25));

        assertThat(new AtLeastOnce().violations(hand.history())).hasSize(2).first().asString().contains("events-0@1");
    }

    @Test
    void whenAProcessInMemoryIsAskedToStop_thenTheResultsOfEarlierRunsAreLost() {
        hand.inMemory().published(1, 2).ran("a", 1, 10, 20).withoutResult(1).ran("a", 2, 1_000, 1_500).withoutResult(2)
                .ended("a", stoppedAt(1_400));

        assertThat(new AtLeastOnce().violations(hand.history())).singleElement().asString().contains("result", "events-0@1");
    }

    private static Life.Left stoppedAt(long millis) {
        return new Life.Left(TimeUnit.MILLISECONDS.toNanos(millis), 143, Duration.ofSeconds(1));
    }
}
