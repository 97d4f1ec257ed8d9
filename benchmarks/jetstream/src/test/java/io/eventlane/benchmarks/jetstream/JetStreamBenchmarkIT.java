package io.eventlane.benchmarks.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Runs the benchmark in small, so that it can be relied on when it is needed. */
@Tag("wide")
@EnabledIf(value = "io.eventlane.brokers.NatsServers#found", disabledReason = "no nats-server: run brokers/nats-servers")
class JetStreamBenchmarkIT {

    @Test
    void whenTheArmsAreMeasured_thenEachTellsItsRateAndEventlaneNeitherInvertsNorLoses() {
        Report report = JetStreamBenchmark.run(Options.parse(
                List.of("target/quarkus-app", "../jetstream-peer/target/quarkus-app", "--quick")));

        assertThat(report.isSound()).isTrue();
        for (Arm arm : Arm.values()) {
            assertThat(report.table()).contains(arm.title());
        }
    }
}
