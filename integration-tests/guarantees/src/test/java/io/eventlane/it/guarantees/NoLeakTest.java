package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class NoLeakTest {

    private final HandMade hand = new HandMade();

    @Test
    void whenProcessesEndInTime_thenNothingIsFound() {
        hand.ended("a", new Life.Left(0, 143, Duration.ofSeconds(2))).ended("b", new Life.Left(0, 0, Duration.ofSeconds(20)))
                .killed("c", 10);

        assertThat(new NoLeak().violations(hand.history())).isEmpty();
    }

    @Test
    void whenAProcessEndsWithAnotherCode_thenThatIsFound() {
        hand.ended("a", new Life.Left(0, 1, Duration.ofSeconds(2)));

        assertThat(new NoLeak().violations(hand.history())).singleElement().asString().contains("a ended with 1");
    }

    @Test
    void whenAProcessTakesTooLong_thenThatIsFound() {
        hand.ended("a", new Life.Left(0, 143, Duration.ofSeconds(31)));

        assertThat(new NoLeak().violations(hand.history())).singleElement().asString().contains("PT31S");
    }

    @Test
    void whenAProcessStaysOrEndsUnasked_thenThatIsFound() {
        hand.ended("a", new Life.Stayed(Duration.ofSeconds(45))).ended("b", new Life.Died(134));

        assertThat(new NoLeak().violations(hand.history())).hasSize(2);
    }
}
