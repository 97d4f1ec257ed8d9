package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On JetStream: one scenario of each shape, or the one of {@code -Dguarantees.seed}. */
@EnabledIf(value = "io.eventlane.brokers.NatsServers#found", disabledReason = "no nats-server: run brokers/nats-servers")
class JetStreamGuaranteesIT {

    static LongStream seeds() {
        return Seeds.orElse(LongStream.of(110, 91, 57, 83));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whenAScenarioHasRun_thenEveryGuaranteeWasKept(long seed) throws Exception {
        Outcome outcome = ScenarioRun.alone(Scenarios.of(Broker.JETSTREAM, seed));

        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.acknowledged()).isPositive();
    }
}
