package io.eventlane.benchmarks.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs the benchmark in small, so that it can be relied on when it is needed. */
@Tag("wide")
class KafkaBenchmarkIT {

    @Test
    void whenTheArmsAreMeasured_thenEachTellsItsRateAndEventlaneNeitherInvertsNorLoses() {
        Report report = KafkaBenchmark.run(Options.parse(List.of("target/quarkus-app", "--quick")));

        assertThat(report.isSound()).isTrue();
        assertThat(report.table()).contains("bare poll loop", "SmallRye, ordered", "SmallRye, virtual, unordered",
                "Eventlane, ordered by key");
    }
}
