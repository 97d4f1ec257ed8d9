package io.eventlane.it.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More of them, and some on several servers. */
@Tag("wide")
@EnabledIf(value = "io.eventlane.brokers.NatsServers#found", disabledReason = "no nats-server: run brokers/nats-servers")
class JetStreamGuaranteesWideIT extends JetStreamGuaranteesIT {

    static LongStream seeds() {
        return Seeds.orElse(LongStream.rangeClosed(20, 29));
    }

    static LongStream seedsOfClusters() {
        return Seeds.orElse(LongStream.of(3, 8, 13, 18));
    }

    @ParameterizedTest
    @MethodSource("seedsOfClusters")
    void whenAScenarioHasRunOnSeveralServers_thenEveryGuaranteeWasKept(long seed) throws Exception {
        Outcome outcome = ScenarioRun.alone(Scenarios.of(Broker.JETSTREAM_CLUSTER, seed));

        assertThat(outcome.violations()).isEmpty();
        assertThat(outcome.acknowledged()).isPositive();
    }
}
