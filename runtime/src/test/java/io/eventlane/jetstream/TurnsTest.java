package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

    private final List<Runnable> relief = new ArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();

    @Test
    void whenManyThreadsWantTurns_thenOneIsTakenAtATimeAndOneAfterEachWish() throws Exception {
        AtomicInteger wishes = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        AtomicBoolean busy = new AtomicBoolean();
        AtomicBoolean twoAtOnce = new AtomicBoolean();
        Turns turns = new Turns(() -> {
            twoAtOnce.compareAndSet(false, !busy.compareAndSet(false, true));
            seen.set(wishes.get());
            busy.set(false);
            return false;
        }, Runnable::run);

        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int j = 0; j < 100_000; j++) {
                    wishes.incrementAndGet();
                    turns.want();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(twoAtOnce).isFalse();
        assertThat(seen).hasValue(400_000);
    }

    @Test
    void whenThereIsAlwaysMore_thenTheThreadIsRelieved() {
        Turns turns = new Turns(() -> taken.incrementAndGet() < 1_000, relief::add);
        turns.want();
        int own = taken.get();
        turns.want();

        assertThat(own).isLessThan(100);
        assertThat(taken).as("somebody else's turns").hasValue(own);
        while (!relief.isEmpty()) {
            relief.removeFirst().run();
        }
        assertThat(taken.get()).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void whenNobodyRelievesIt_thenTheThreadGoesOn() {
        Turns turns = new Turns(() -> taken.incrementAndGet() < 1_000, task -> {
            throw new RejectedExecutionException();
        });
        turns.want();

        assertThat(taken).hasValue(1_000);
    }

    @Test
    void whenATurnFails_thenTheNextOneComes() {
        Turns turns = new Turns(() -> {
            if (taken.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
            return false;
        }, Runnable::run);
        turns.want();
        turns.want();

        assertThat(taken).hasValue(2);
    }

    @Test
    void whenTheThreadIsInterrupted_thenTheTurnIsNotAndTheThreadIsAfterwards() {
        List<Boolean> during = new ArrayList<>();
        Turns turns = new Turns(() -> during.add(Thread.currentThread().isInterrupted()) && false, Runnable::run);
        Thread.currentThread().interrupt();
        turns.want();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(during).containsExactly(false);
    }

    @Test
    void whenTheThreadIsInterruptedDuringTheTurn_thenTheTurnHearsOfItOnceAndTheThreadIsAfterwards() {
        List<Boolean> heard = new ArrayList<>();
        Turns[] turns = new Turns[1];
        turns[0] = new Turns(() -> {
            Thread.currentThread().interrupt();
            heard.add(turns[0].wasInterrupted());
            heard.add(turns[0].wasInterrupted());
            return false;
        }, Runnable::run);
        turns[0].want();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(heard).containsExactly(true, false);
    }
}
