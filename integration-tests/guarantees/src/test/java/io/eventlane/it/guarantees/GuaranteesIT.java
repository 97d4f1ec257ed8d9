package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One scenario of each shape, or the one of {@code -Dguarantees.seed}. */
class GuaranteesIT {

    private static DisturbedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = Broker.KAFKA.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    static LongStream seeds() {
        return Seeds.orElse(LongStream.of(120, 96, 12, 333));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whenAScenarioHasRun_thenEveryGuaranteeWasKept(long seed) throws Exception {
        Outcome outcome = ScenarioRun.run(Scenarios.of(Broker.KAFKA, seed), broker);

        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.acknowledged()).isPositive();
    }
}
