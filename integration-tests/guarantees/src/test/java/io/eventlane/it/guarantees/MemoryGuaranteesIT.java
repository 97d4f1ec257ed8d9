package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In memory: a scenario in which nothing fails, one in which some events fail for ever, and one that stops under load; or the
 * one of {@code -Dguarantees.seed}.
 */
class MemoryGuaranteesIT {

    static LongStream seeds() {
        return Seeds.orElse(LongStream.of(0, 313, 331));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whenAScenarioHasRun_thenEveryGuaranteeWasKept(long seed) throws Exception {
        Outcome outcome = ScenarioRun.alone(Scenarios.of(Broker.MEMORY, seed));

        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.acknowledged()).isPositive();
    }
}
