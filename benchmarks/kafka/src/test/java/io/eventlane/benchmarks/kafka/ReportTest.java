package io.eventlane.benchmarks.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.eventlane.benchmarks.common.Outcome;

class ReportTest {

    private static final Scenario SCENARIO = new Scenario(0, 1_000);

    private final Report report = new Report();

    @Test
    void whenEventlaneHasAnInversion_thenTheReportIsNotSound() {
        report.add(SCENARIO, Arm.EVENTLANE, outcome(100, 1, 0));

        assertThat(report.isSound()).isFalse();
    }

    @Test
    void whenEventlaneHasLostARecord_thenTheReportIsNotSound() {
        report.add(SCENARIO, Arm.EVENTLANE, outcome(100, 0, 1));

        assertThat(report.isSound()).isFalse();
    }

    @Test
    void whenOnlyOthersInvertOrLose_thenTheReportIsSound() {
        report.add(SCENARIO, Arm.SMALLRYE_VIRTUAL, outcome(100, 5, 5));
        report.add(SCENARIO, Arm.EVENTLANE, outcome(100, 0, 0));

        assertThat(report.isSound()).isTrue();
    }

    @Test
    void whenAnArmRanThreeTimes_thenTheTableShowsItsMedianAndItsShareOfTheBareLoop() {
        report.add(SCENARIO, Arm.BARE, outcome(200, 0, 0));
        report.add(SCENARIO, Arm.EVENTLANE, outcome(100, 0, 0));
        report.add(SCENARIO, Arm.EVENTLANE, outcome(900, 0, 0));
        report.add(SCENARIO, Arm.EVENTLANE, outcome(150, 0, 0));

        assertThat(report.table()).containsPattern("Eventlane, ordered by key +150 +0\\.75 +100-900 ");
    }

    private static Outcome outcome(long recordsPerSecond, long inversions, long lost) {
        return new Outcome(recordsPerSecond, 1_000_000_000, 1, 1, 1, inversions, lost, 0, 1);
    }
}
