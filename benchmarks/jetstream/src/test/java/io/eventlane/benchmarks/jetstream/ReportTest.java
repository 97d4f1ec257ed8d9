package io.eventlane.benchmarks.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.eventlane.benchmarks.common.Keys;
import io.eventlane.benchmarks.common.Outcome;

class ReportTest {

    private static final Scenario PUBLISHING = Scenario.publishing(100, Keys.of(1_000));
    private static final Scenario CONSUMING = Scenario.consuming(100, Keys.of(1_000), 0);

    private final Report report = new Report();

    @Test
    void whenEventlaneHasAnInversion_thenTheReportIsNotSound() {
        report.add(CONSUMING, Arm.CONSUME_EVENTLANE, outcome(100, 1, 0), 0);

        assertThat(report.isSound()).isFalse();
    }

    @Test
    void whenEventlaneHasLostAPublishedMessage_thenTheReportIsNotSound() {
        report.add(PUBLISHING, Arm.PUBLISH_EVENTLANE, outcome(100, 0, 1), 0);

        assertThat(report.isSound()).isFalse();
    }

    @Test
    void whenEventlaneHasNotAcknowledgedAMessage_thenTheReportIsNotSound() {
        report.add(CONSUMING, Arm.CONSUME_EVENTLANE, outcome(100, 0, 0), 1);

        assertThat(report.isSound()).isFalse();
    }

    @Test
    void whenOnlyOthersInvertOrLose_thenTheReportIsSound() {
        report.add(CONSUMING, Arm.CONSUME_PEER, outcome(100, 5, 5), 5);
        report.add(CONSUMING, Arm.CONSUME_EVENTLANE, outcome(100, 0, 0), 0);

        assertThat(report.isSound()).isTrue();
    }

    @Test
    void whenTwoBareWindowsRan_thenOthersAreComparedWithTheFasterOneRoundByRound() {
        for (long rate : new long[] { 100, 200, 400 }) {
            report.add(PUBLISHING, Arm.PUBLISH_BARE_100, outcome(50, 0, 0), 0);
            report.add(PUBLISHING, Arm.PUBLISH_BARE_500, outcome(rate, 0, 0), 0);
            report.add(PUBLISHING, Arm.PUBLISH_EVENTLANE, outcome(rate == 200 ? 180 : rate * 2, 0, 0), 0);
        }

        assertThat(report.table()).containsPattern("Eventlane, 10,000 in flight +200 +2\\.00 +0\\.90 ");
    }

    @Test
    void whenMessagesAreConsumed_thenTheLoopThatFetchesIsTheYardstick() {
        report.add(CONSUMING, Arm.CONSUME_BARE_FETCH, outcome(200, 0, 0), 0);
        report.add(CONSUMING, Arm.CONSUME_BARE_CALLBACK, outcome(400, 0, 0), 0);

        assertThat(report.table()).containsPattern("bare consume\\(\\), ack +400 +2\\.00 +2\\.00 ");
    }

    private static Outcome outcome(long recordsPerSecond, long inversions, long lost) {
        return new Outcome(recordsPerSecond, 1_000_000_000, 1, 1, 1, inversions, lost, 0, 1);
    }
}
