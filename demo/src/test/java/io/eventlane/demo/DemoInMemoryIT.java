package io.eventlane.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same without a broker, with the quickstart as it was built for that. */
class DemoInMemoryIT {

    @Test
    void whenNothingIsBroken_thenEveryEventIsHandledOnceAndInOrder() throws Exception {
        DemoRun run = DemoRun.of("--memory", "--events=5000", "--keys=200");

        assertThat(run.output()).contains("Every event was handled", "5,000 orders", "no broker");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    @Tag("wide")
    void whenEventsAreLostOnPurpose_thenTheCheckerFindsThem() throws Exception {
        DemoRun run = DemoRun.of("--memory", "--events=5000", "--keys=200", "--break=loss");

        assertThat(run.output()).containsPattern("lost +10\n").containsPattern("inversions +0\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    @Tag("wide")
    void whenEventsAreSwappedOnPurpose_thenTheCheckerFindsThem() throws Exception {
        DemoRun run = DemoRun.of("--memory", "--events=5000", "--keys=20", "--break=order");

        assertThat(run.output()).containsPattern("inversions +10\n").containsPattern("lost +0\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void whenTheApplicationIsToBeKilled_thenTheDemoSaysThatItsEventsWouldDieWithIt() throws Exception {
        DemoRun run = DemoRun.of("--memory", "--kill");

        assertThat(run.output()).contains("--kill: not with --memory, where the events die with the application", "Usage:");
        assertThat(run.exitCode()).isEqualTo(2);
    }
}
