package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class RepetitionsTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Repetitions repetitions = new Repetitions(nanos::get);

    @Test
    void whenSomethingHappensAgainAndAgain_thenOneInAMinuteIsToldWithTheNumberOfTheOthers() {
        assertThat(repetitions.next("a")).isEmpty();
        assertThat(repetitions.next("b")).isEmpty();
        assertThat(repetitions.next("a")).isNull();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos() - 1);
        assertThat(repetitions.next("a")).isNull();
        nanos.incrementAndGet();

        assertThat(repetitions.next("a")).isEqualTo(" (2 more of these were not logged)");
        assertThat(repetitions.next("a")).isNull();
        assertThat(repetitions.next("b")).isEmpty();
    }

    @Test
    void whenThereAreManyCauses_thenTheOldestAreForgotten() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(repetitions.next("cause " + i)).isEmpty();
        }
        assertThat(repetitions.next("cause 9999")).isNull();
        assertThat(repetitions.next("cause 0")).isEmpty();
    }
}
