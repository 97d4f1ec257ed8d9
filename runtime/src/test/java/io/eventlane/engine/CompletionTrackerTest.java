package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class CompletionTrackerTest {

    private final AtomicInteger wakes = new AtomicInteger();
    private final InFlightLimit limit = new InFlightLimit(1000, 1_000_000, () -> {
    });
    private final CompletionTracker<String> tracker = new CompletionTracker<>("orders-0", 0, 3, limit,
            wakes::incrementAndGet);

    @Test
    void whenThereNeverWasARecord_thenThereIsNothingToCommit() {
        assertThat(tracker.frontier()).isEqualTo(-1);
        assertThat(tracker.span()).isZero();
        assertThat(tracker.isDrained()).isTrue();
    }

    @Test
    void whenALaterRecordIsDoneFirst_thenTheFrontierWaitsForTheEarlier() {
        Entry<String> first = register(10);
        Entry<String> second = register(11);

        complete(second);
        assertThat(tracker.frontier()).isEqualTo(10);
        assertThat(tracker.span()).isEqualTo(2);
        complete(first);
        assertThat(tracker.frontier()).isEqualTo(12);
        assertThat(tracker.span()).isZero();
    }

    @Test
    void whenOffsetsHaveGaps_thenTheFrontierIsTheFirstUnfinishedRecordOrTheOneAfterTheLast() {
        Entry<String> first = register(5);
        Entry<String> second = register(1000);

        complete(first);
        assertThat(tracker.frontier()).isEqualTo(1000);
        complete(second);
        assertThat(tracker.frontier()).isEqualTo(1001);
    }

    @Test
    void whenARecordIsRunning_thenTheFrontierDoesNotPassIt() {
        Entry<String> entry = register(7);

        assertThat(entry.start(0)).isTrue();
        assertThat(tracker.frontier()).isEqualTo(7);
    }

    @Test
    void whenARecordFailed_thenTheFrontierDoesNotPassIt() {
        Entry<String> entry = register(7);

        entry.start(0);
        entry.fail();
        assertThat(tracker.frontier()).isEqualTo(7);
        assertThat(entry.isWaiting()).isTrue();
    }

    @Test
    void whenTheRingGrowsWhileItIsWrapped_thenEveryRecordIsStillThere() {
        for (int i = 0; i < 50; i++) {
            complete(register(i));
        }
        assertThat(tracker.frontier()).isEqualTo(50);
        Entry<?>[] entries = new Entry<?>[1000];
        for (int i = 0; i < 1000; i++) {
            entries[i] = register(50 + i);
        }
        assertThat(tracker.span()).isEqualTo(1000);
        for (int i = 999; i >= 0; i--) {
            assertThat(tracker.frontier()).isEqualTo(50);
            complete(entries[i]);
        }
        assertThat(tracker.frontier()).isEqualTo(1050);
    }

    @Test
    void whenTheSpanIsReached_thenTheSourceIsWokenByTheRecordAtTheFrontierAlone() {
        Entry<String> first = register(0);
        Entry<String> second = register(1);
        assertThat(tracker.atSpan()).isFalse();
        register(2);
        assertThat(tracker.atSpan()).isTrue();

        complete(second);
        assertThat(wakes).hasValue(0);
        complete(first);
        assertThat(wakes).hasValue(1);
        assertThat(tracker.atSpan()).isFalse();
    }

    @Test
    void whenTheSpanWasNotReached_thenNobodyIsWoken() {
        Entry<String> first = register(0);
        assertThat(tracker.atSpan()).isFalse();
        complete(first);

        assertThat(wakes).hasValue(0);
    }

    @Test
    void whenRecordsEnd_thenTheyNoLongerCount() {
        Entry<String> done = register(0);
        Entry<String> dropped = register(1);
        assertThat(limit.records()).isEqualTo(2);

        complete(done);
        tracker.drop(dropped);
        tracker.drop(dropped);

        assertThat(limit.isEmpty()).isTrue();
        assertThat(tracker.isDrained()).isTrue();
        assertThat(tracker.frontier()).isEqualTo(1);
    }

    private Entry<String> register(long offset) {
        Lane<String> lane = new Lane<>(0, null, 0);
        Entry<String> entry = new Entry<>(tracker, lane, offset, 10, "r" + offset);
        limit.add(1, 10);
        tracker.register(entry);
        lane.append(entry);
        return entry;
    }

    private void complete(Entry<?> entry) {
        assertThat(entry.start(0)).isTrue();
        entry.finish();
        settle(entry);
    }

    private static <R> void settle(Entry<R> entry) {
        entry.tracker.settled(entry);
    }
}
