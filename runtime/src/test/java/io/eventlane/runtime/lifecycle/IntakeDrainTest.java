package io.eventlane.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

class IntakeDrainTest {

    @Test
    void whenItIsAwaited_thenItTellsWhatIsLeftOfItsDeadline() {
        AtomicReference<Duration> given = new AtomicReference<>();
        Duration deadline = Duration.ofHours(1);

        Duration left = IntakeDrain.begin(deadline, given::set).await();

        assertThat(given.get()).isEqualTo(deadline);
        assertThat(left).isPositive().isLessThan(deadline);
    }

    @Test
    void whenItTakesLongerThanItsDeadline_thenNothingIsLeft() {
        assertThat(IntakeDrain.begin(Duration.ofNanos(1), deadline -> {
        }).await()).isZero();
    }

    @Test
    void whenItHasBegun_thenNobodyWaitsUntilItIsAwaited() {
        CountDownLatch end = new CountDownLatch(1);

        IntakeDrain drain = IntakeDrain.begin(Duration.ofHours(1), deadline -> awaitUninterruptibly(end));

        end.countDown();
        assertThat(drain.await()).isPositive();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
