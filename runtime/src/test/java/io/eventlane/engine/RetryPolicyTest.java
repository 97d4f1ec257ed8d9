package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void whenAttemptsFail_thenTheDelayDoublesUpToTheBound() {
        RetryPolicy policy = new RetryPolicy(SECOND, Duration.ofSeconds(30), 0);

        assertThat(policy.delayAfter(1)).hasSeconds(1);
        assertThat(policy.delayAfter(2)).hasSeconds(2);
        assertThat(policy.delayAfter(5)).hasSeconds(16);
        assertThat(policy.delayAfter(6)).hasSeconds(30);
        assertThat(policy.delayAfter(Integer.MAX_VALUE)).hasSeconds(30);
    }

    @Test
    void whenThereIsJitter_thenTheDelayIsSpreadBelowTheFullOne() {
        RetryPolicy policy = new RetryPolicy(SECOND, SECOND, 0.5);

        for (int i = 0; i < 1000; i++) {
            assertThat(policy.delayAfter(1)).isBetween(Duration.ofMillis(500), SECOND);
        }
    }

    @Test
    void whenJitterIsWhole_thenTheDelayIsStillPositive() {
        RetryPolicy policy = new RetryPolicy(Duration.ofNanos(1), Duration.ofNanos(1), 1);

        for (int i = 0; i < 1000; i++) {
            assertThat(policy.delayAfter(1)).isPositive();
        }
    }

    @Test
    void whenAValueMakesNoSense_thenTheErrorNamesIt() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(Duration.ZERO, SECOND, 0))
                .withMessageContaining("initialDelay must be > 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(SECOND, Duration.ofMillis(1), 0))
                .withMessageContaining("maxDelay must be >= initialDelay");
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(SECOND, SECOND, 1.1))
                .withMessageContaining("jitter must be in 0..1");
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(SECOND, SECOND, Double.NaN))
                .withMessageContaining("jitter must be in 0..1");
    }
}
