package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

class InFlightLimitTest {

    private final AtomicInteger wakes = new AtomicInteger();

    @Test
    void whenRecordsReachTheBound_thenThereIsNoRoom() {
        InFlightLimit limit = limit(4, 1000);

        limit.add(3, 1);
        assertThat(limit.hasRoom()).isTrue();
        limit.add(1, 1);
        assertThat(limit.hasRoom()).isFalse();
        assertThat(limit.records()).isEqualTo(4);
    }

    @Test
    void whenBytesReachTheBound_thenThereIsNoRoom() {
        InFlightLimit limit = limit(1000, 100);

        limit.add(1, 99);
        assertThat(limit.hasRoom()).isTrue();
        limit.add(1, 1);
        assertThat(limit.hasRoom()).isFalse();
        assertThat(limit.bytes()).isEqualTo(100);
    }

    @Test
    void whenFull_thenTheSourceIsWokenOnceAndExactlyWhenHalfIsFree() {
        InFlightLimit limit = limit(4, 1000);
        limit.add(4, 0);
        assertThat(limit.hasRoom()).isFalse();

        limit.remove(1, 0);
        assertThat(limit.hasRoom()).isFalse();
        assertThat(wakes).hasValue(0);
        limit.remove(1, 0);
        assertThat(wakes).hasValue(1);
        limit.remove(2, 0);

        assertThat(wakes).hasValue(1);
        assertThat(limit.hasRoom()).isTrue();
    }

    @Test
    void whenRecordsAreFreeButBytesAreNot_thenTheSourceIsNotWoken() {
        InFlightLimit limit = limit(4, 100);
        limit.add(2, 20);
        limit.add(2, 80);
        assertThat(limit.hasRoom()).isFalse();

        limit.remove(2, 20);
        limit.remove(1, 20);
        assertThat(wakes).hasValue(0);
        limit.remove(0, 10);
        assertThat(wakes).hasValue(1);
    }

    @Test
    void whenNobodyAskedForRoom_thenNobodyIsWoken() {
        InFlightLimit limit = limit(2, 1000);
        limit.add(2, 0);
        limit.remove(2, 0);

        assertThat(wakes).hasValue(0);
    }

    @Test
    void whenOnlyWaitingRecordsAreLeft_thenTheirBytesDoNotKeepTheSourceAsleep() {
        InFlightLimit limit = limit(4, 100);
        limit.add(0, 70);
        limit.add(1, 30);
        assertThat(limit.hasRoom()).isFalse();

        limit.remove(1, 30);

        assertThat(wakes).hasValue(1);
        assertThat(limit.hasRoom()).isTrue();
    }

    @Test
    void whenHeldBytesExceedAnInt_thenNeitherPartSpillsIntoTheOther() {
        InFlightLimit limit = limit(InFlightLimit.MAX_RECORDS, Long.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            limit.add(1, Integer.MAX_VALUE);
        }
        assertThat(limit.records()).isEqualTo(10);
        assertThat(limit.bytes()).isEqualTo(10L * Integer.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            limit.remove(1, Integer.MAX_VALUE);
        }
        assertThat(limit.isEmpty()).isTrue();
    }

    /** A source that sleeps until it is woken, against a worker that gives everything back: a lost wake-up blocks it. */
    @Test
    void whenGivenBackWhileTheSourceLooks_thenNoWakeUpIsLost() throws Exception {
        Semaphore wake = new Semaphore(0);
        Semaphore work = new Semaphore(0);
        int bound = 4;
        int total = 200_000;
        InFlightLimit limit = new InFlightLimit(bound, 1 << 20, wake::release);
        Thread worker = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < total; i++) {
                work.acquireUninterruptibly();
                limit.remove(1, 10);
            }
        });
        for (int i = 0; i < total; i++) {
            while (!limit.hasRoom()) {
                assertThat(wake.tryAcquire(10, TimeUnit.SECONDS)).as("woken before record %d", i).isTrue();
            }
            limit.add(1, 10);
            assertThat(limit.records()).isLessThanOrEqualTo(bound);
            work.release();
        }
        worker.join();
        assertThat(limit.isEmpty()).isTrue();
    }

    private InFlightLimit limit(int records, long bytes) {
        return new InFlightLimit(records, bytes, wakes::incrementAndGet);
    }
}
