package io.eventlane.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;

class CheckerTest {

    private final List<Entry> entries = new ArrayList<>();

    @Test
    void whenEveryEventRunsOnceAndInOrder_thenNothingIsFound() {
        published(1, 2, 3);
        ran("a", 1, 10, 20);
        ran("a", 2, 20, 30);
        ran("a", 3, 30, 40);

        Report report = Checker.check(entries);

        assertThat(report.isGood(false)).isTrue();
        assertThat(report.events()).containsEntry("orders", 3L);
        assertThat(report.handled()).isEqualTo(3);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void whenAnAcknowledgedEventNeverRuns_thenItIsLost() {
        published(1, 2, 3);
        ran("a", 1, 10, 20);
        ran("a", 3, 30, 40);

        Report report = Checker.check(entries);

        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.inversions()).isZero();
        assertThat(report.isGood(true)).isFalse();
        assertThat(report.findings()).singleElement().asString().startsWith("lost:").contains("orders-0@2");
    }

    @Test
    void whenARunNeverEnds_thenItsEventIsLostAndWhatRanAfterItIsOutOfOrder() {
        published(1, 2);
        started("a", 1, 10);
        ran("b", 2, 30, 40);

        Report report = Checker.check(entries);

        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.inversions()).isEqualTo(1);
    }

    @Test
    void whenARunFailsAndIsRepeated_thenTheEventIsHandledAndTheRepetitionCounted() {
        published(1, 2);
        failed("a", 1, 10, 20);
        ran("a", 1, 30, 40);
        ran("a", 2, 40, 50);

        Report report = Checker.check(entries);

        assertThat(report.lost()).isZero();
        assertThat(report.inversions()).isZero();
        assertThat(report.duplicated()).isEqualTo(1);
    }

    @Test
    void whenAnEventThatWasNotAcknowledgedNeverRuns_thenItIsNotLost() {
        published(1);
        ran("a", 1, 10, 20);
        ran("a", 3, 20, 30);

        assertThat(Checker.check(entries).isGood(false)).isTrue();
    }

    @Test
    void whenAnEventStartsBeforeAnEarlierOne_thenOneInversionIsFound() {
        published(1, 2, 3);
        ran("a", 2, 10, 20);
        ran("a", 1, 20, 30);
        ran("a", 3, 30, 40);

        Report report = Checker.check(entries);

        assertThat(report.inversions()).isEqualTo(1);
        assertThat(report.findings()).singleElement().asString().contains("number 2").contains("before").contains("number 1");
    }

    @Test
    void whenTwoRunsOfAKeyOverlapInAProcess_thenAnInversionIsFound() {
        published(1, 2);
        ran("a", 1, 10, 20);
        ran("a", 2, 19, 30);

        assertThat(Checker.check(entries).inversions()).isEqualTo(1);
    }

    @Test
    void whenTheSameEventRunsTwiceAtOnce_thenAnInversionIsFound() {
        published(1);
        ran("a", 1, 10, 20);
        ran("a", 1, 15, 25);

        assertThat(Checker.check(entries).inversions()).isEqualTo(1);
    }

    @Test
    void whenKeysOverlap_thenThatIsConcurrencyAndNotInversion() {
        ran("a", "order-1", 1, 10, 20);
        ran("a", "order-2", 1, 10, 20);
        ran("a", "order-3", 1, 19, 30);

        Report report = Checker.check(entries);

        assertThat(report.inversions()).isZero();
        assertThat(report.mostConcurrent()).isEqualTo(3);
    }

    @Test
    void whenAProcessIsKilledAndAnotherRepeatsFromTheFrontier_thenOnlyDuplicatesAreFound() {
        published(1, 2, 3, 4);
        ran("a", 1, 10, 20);
        ran("a", 2, 20, 30);
        started("a", 3, 30);
        ran("b", 1, 100, 110);
        ran("b", 2, 110, 120);
        ran("b", 3, 120, 130);
        ran("b", 4, 130, 140);

        Report report = Checker.check(entries);

        assertThat(report.duplicated()).isEqualTo(3);
        assertThat(report.isGood(true)).isTrue();
        assertThat(report.isGood(false)).isFalse();
    }

    @Test
    void whenARepetitionLeavesOneOut_thenAnInversionIsFound() {
        published(1, 2, 3, 4);
        ran("a", 1, 10, 20);
        ran("a", 2, 20, 30);
        ran("a", 3, 30, 40);
        ran("b", 1, 100, 110);
        ran("b", 3, 110, 120);
        ran("b", 4, 120, 130);

        Report report = Checker.check(entries);

        assertThat(report.inversions()).isEqualTo(1);
        assertThat(report.findings()).singleElement().asString().contains("orders-0@3").contains("did not run again");
    }

    @Test
    void whenEventsArePublishedAgainAfterACrash_thenTheyCountAsRepetitionsOfThemselves() {
        published(1, 2, 3, 4, 5);
        ran("a", 1, 10, 20);
        ran("a", 2, 20, 30);
        ranAt("b", 1, 3, 100, 110);
        ranAt("b", 2, 4, 110, 120);
        ranAt("b", 3, 5, 120, 130);
        published(6);

        Report report = Checker.check(entries);

        assertThat(report.inversions()).isZero();
        assertThat(report.duplicated()).isEqualTo(2);
        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.events()).containsEntry("orders", 4L);
    }

    @Test
    void whenAConsumerGoesBackToBeforeWhatWasPublishedAgain_thenTheOrderIsThatOfThePositions() {
        ran("a", 1, 10, 20);
        ran("a", 2, 20, 30);
        ranAt("b", 2, 2, 100, 110);
        ranAt("b", 1, 3, 110, 120);
        ranAt("c", 2, 2, 200, 210);
        ranAt("c", 1, 3, 210, 220);
        ranAt("c", 2, 4, 220, 230);

        assertThat(Checker.check(entries).inversions()).isZero();
    }

    @Test
    void whenAPartitionMovesToAnotherProcessAndBack_thenNothingIsFound() {
        published(1, 2, 3);
        ran("a", 1, 10, 20);
        ran("b", 2, 30, 40);
        ran("a", 3, 50, 60);

        assertThat(Checker.check(entries).isGood(false)).isTrue();
    }

    @Test
    void whenRunsOfAKeyOverlapInTwoProcesses_thenTheyAreCountedApart() {
        published(1);
        ran("a", 1, 10, 50);
        ran("b", 1, 40, 60);

        Report report = Checker.check(entries);

        assertThat(report.overlaps()).isEqualTo(1);
        assertThat(report.inversions()).isZero();
    }

    @Test
    void whenEventsTookTime_thenThePercentilesAreOfTheFirstFinish() {
        for (int i = 1; i <= 100; i++) {
            ran("a", "order-" + i, i, 0, i * 1_000_000L);
        }
        ran("a", "order-1", 1, 200_000_000, 300_000_000);

        Report report = Checker.check(entries);

        assertThat(report.p50Millis()).isEqualTo(50);
        assertThat(report.p99Millis()).isEqualTo(99);
        assertThat(report.seconds()).isEqualTo(0.3);
    }

    private void published(long... numbers) {
        for (long number : numbers) {
            entries.add(new Entry(What.PUBLISHED, "p", "orders", "order-1", Entry.NONE, "orders-0@" + number, Entry.NONE,
                    Entry.NONE, 5, Entry.NONE));
        }
    }

    private void ran(String process, long number, long start, long end) {
        ran(process, "order-1", number, start, end);
    }

    private void ran(String process, String key, long number, long start, long end) {
        add(What.STARTED, process, key, number, number, start, Entry.NONE);
        add(What.ENDED, process, key, number, number, start, end);
    }

    private void ranAt(String process, long number, long offset, long start, long end) {
        add(What.STARTED, process, "order-1", number, offset, start, Entry.NONE);
        add(What.ENDED, process, "order-1", number, offset, start, end);
    }

    private void started(String process, long number, long start) {
        add(What.STARTED, process, "order-1", number, number, start, Entry.NONE);
    }

    private void failed(String process, long number, long start, long end) {
        started(process, number, start);
        add(What.FAILED, process, "order-1", number, number, start, end);
    }

    private void add(What what, String process, String key, long number, long offset, long start, long end) {
        entries.add(new Entry(what, process, "orders", key, number, "orders-0@" + offset, 0, start, end, 1));
    }
}
