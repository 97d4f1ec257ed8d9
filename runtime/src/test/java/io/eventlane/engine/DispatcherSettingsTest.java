package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DispatcherSettingsTest {

    @Test
    void whenALimitIsNotPositive_thenTheErrorNamesIt() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(0, 1, 1))
                .withMessage("maxConcurrency must be >= 1, but is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> settings(1, -1, 1))
                .withMessage("maxQueued must be >= 1, but is -1");
        assertThatIllegalArgumentException().isThrownBy(() -> settings(1, 1, 0))
                .withMessage("maxQueuedBytes must be >= 1, but is 0");
    }

    @Test
    void whenMoreRecordsAreAskedForThanCanBeCounted_thenItIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(1, InFlightLimit.MAX_RECORDS + 1, 1))
                .withMessage("maxQueued must be <= 8388607, but is 8388608");
    }

    private static DispatcherSettings settings(int maxConcurrency, int maxQueued, long maxQueuedBytes) {
        return new DispatcherSettings("orders", Ordering.KEY, maxConcurrency, maxQueued, maxQueuedBytes);
    }
}
