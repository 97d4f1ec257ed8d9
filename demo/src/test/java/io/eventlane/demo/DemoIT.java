package io.eventlane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo with fewer events. */
class DemoIT {

    @Test
    void whenNothingIsBroken_thenEveryEventIsHandledOnceAndInOrder() throws Exception {
        DemoRun run = DemoRun.of("--events=5000", "--keys=200");

        assertThat(run.output()).contains("Every event was handled", "5,000 orders");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void whenEventsAreLostOnPurpose_thenTheCheckerFindsThem() throws Exception {
        DemoRun run = DemoRun.of("--events=5000", "--keys=200", "--break=loss");

        assertThat(run.output()).containsPattern("lost +10\n").containsPattern("inversions +0\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    @Tag("wide")
    void whenEventsAreSwappedOnPurpose_thenTheCheckerFindsThem() throws Exception {
        DemoRun run = DemoRun.of("--events=5000", "--keys=20", "--break=order");

        assertThat(run.output()).containsPattern("inversions +10\n").containsPattern("lost +0\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    @Tag("wide")
    void whenTheApplicationIsKilledInTheMiddle_thenEveryEventIsHandledInOrder() throws Exception {
        DemoRun run = DemoRun.of("--events=20000", "--keys=1000", "--kill");

        assertThat(run.output()).contains("kill -9").containsPattern("inversions +0\n").containsPattern("lost +0\n");
        assertThat(run.exitCode()).isZero();
    }
}
