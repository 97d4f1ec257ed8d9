package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SingleflightTest {

    private final Singleflight<String, String> flights = new Singleflight<>();
    private final CompletableFuture<String> landing = new CompletableFuture<>();
    private final AtomicInteger started = new AtomicInteger();

    private CompletionStage<String> join() {
        return flights.run("a", () -> {
            started.incrementAndGet();
            return landing;
        });
    }

    @Test
    void whenAThousandComeBeforeItHasLanded_thenThereIsOneFlightAndAllGetItsResult() throws Exception {
        CyclicBarrier together = new CyclicBarrier(1_000);
        CountDownLatch joined = new CountDownLatch(1_000);
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<String> result = new CompletableFuture<>();
            results.add(result);
            Thread.ofVirtual().start(() -> {
                await(together);
                CompletionStage<String> stage = join();
                joined.countDown();
                stage.whenComplete((value, failure) -> result.complete(value));
            });
        }
        joined.await();
        landing.complete("done");

        assertThat(results).allSatisfy(result -> assertThat(result.get(10, TimeUnit.SECONDS)).isEqualTo("done"));
        assertThat(started).hasValue(1);
    }

    @Test
    void whenKeysDiffer_thenEachHasAFlight() {
        CompletionStage<String> a = flights.run("a", () -> landing);
        CompletionStage<String> b = flights.run("b", () -> CompletableFuture.completedStage("b"));

        assertThat(b.toCompletableFuture()).isCompletedWithValue("b");
        assertThat(a.toCompletableFuture()).isNotDone();
    }

    @Test
    void whenAFlightHasLanded_thenTheNextCallerStartsAnother() {
        join();
        landing.complete("done");
        join();

        assertThat(started).hasValue(2);
    }

    @Test
    void whenAFlightFails_thenAllWhoWaitFailAndTheNextCallerStartsAnother() {
        CompletionStage<String> one = join();
        CompletionStage<String> other = join();
        IllegalStateException failure = new IllegalStateException("no");
        landing.completeExceptionally(failure);

        assertThatThrownBy(() -> one.toCompletableFuture().join()).isInstanceOf(CompletionException.class).hasCause(failure);
        assertThatThrownBy(() -> other.toCompletableFuture().join()).isInstanceOf(CompletionException.class).hasCause(failure);
        assertThat(flights.run("a", () -> CompletableFuture.completedStage("next")).toCompletableFuture())
                .isCompletedWithValue("next");
    }

    @Test
    void whenAFlightFailsWithAWrappedFailure_thenItIsWrappedOnce() {
        IllegalStateException failure = new IllegalStateException("no");
        CompletionStage<String> result = flights.run("a", () -> CompletableFuture.supplyAsync(() -> {
            throw failure;
        }));

        assertThatThrownBy(() -> result.toCompletableFuture().join()).isInstanceOf(CompletionException.class).hasCause(failure);
    }

    @Test
    void whenAFlightThrows_thenItHasFailed() {
        Error failure = new AssertionError("no");

        CompletionStage<String> result = flights.run("a", () -> {
            throw failure;
        });

        assertThatThrownBy(() -> result.toCompletableFuture().join()).hasCause(failure);
        assertThat(flights.run("a", () -> CompletableFuture.completedStage("next")).toCompletableFuture()).isCompleted();
    }

    @Test
    void whenAFlightReturnsNothing_thenItHasFailed() {
        assertThatThrownBy(() -> flights.run("a", () -> null).toCompletableFuture().join())
                .cause().isInstanceOf(NullPointerException.class).hasMessageContaining("null instead of a stage");
        assertThat(flights.run("a", () -> CompletableFuture.completedStage("next")).toCompletableFuture()).isCompleted();
    }

    @Test
    void whenACallerCancels_thenTheOthersStillGetTheResult() {
        CompletionStage<String> first = join();
        CompletionStage<String> second = join();

        assertThat(first.toCompletableFuture().cancel(true)).isTrue();
        assertThat(second.toCompletableFuture()).isNotDone();
        landing.complete("done");

        assertThat(second.toCompletableFuture()).isCompletedWithValue("done");
        assertThat(landing).isNotCancelled();
    }

    @Test
    void whenACallerIsInterrupted_thenTheFlightGoesOn() throws Exception {
        CompletionStage<String> other;
        CountDownLatch waiting = new CountDownLatch(1);
        Thread caller = Thread.ofVirtual().start(() -> {
            CompletableFuture<String> result = join().toCompletableFuture();
            waiting.countDown();
            try {
                result.get();
            } catch (Exception e) {
                // interrupted
            }
        });
        waiting.await();
        other = join();
        caller.interrupt();
        caller.join();
        landing.complete("done");

        assertThat(other.toCompletableFuture()).isCompletedWithValue("done");
    }

    @Test
    void whenWhoeverHearsOfTheEndAsksAgain_thenThereIsAnotherFlight() {
        CompletionStage<String> second = join().thenCompose(value -> flights.run("a",
                () -> CompletableFuture.completedStage(value + " twice")));
        landing.complete("done");

        assertThat(second.toCompletableFuture()).isCompletedWithValue("done twice");
    }

    /**
     * Whatever the interleaving: never two flights of a key at once, and nobody gets the result of one that was over before the
     * last.
     */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5 })
    void whenManyCallOverSeveralKeys_thenFlightsOfAKeyNeverOverlap(long seed) throws Exception {
        int callers = 64;
        int calls = 200;
        Singleflight<Integer, Integer> storm = new Singleflight<>();
        Map<Integer, AtomicInteger> flying = new ConcurrentHashMap<>();
        Map<Integer, AtomicInteger> landed = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger stale = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Random random = new Random(seed * callers + i);
            threads.add(Thread.ofVirtual().start(() -> {
                for (int call = 0; call < calls; call++) {
                    int key = random.nextInt(4);
                    boolean fails = random.nextInt(5) == 0;
                    int before = landed.computeIfAbsent(key, k -> new AtomicInteger()).get();
                    int result = storm.run(key, () -> fly(key, fails, flying, landed, overlaps)).handle(
                            (value, failure) -> failure == null ? value : landed.get(key).get()).toCompletableFuture().join();
                    if (result < before) {
                        stale.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(overlaps).hasValue(0);
        assertThat(stale).hasValue(0);
    }

    private static CompletionStage<Integer> fly(int key, boolean fails, Map<Integer, AtomicInteger> flying,
            Map<Integer, AtomicInteger> landed, AtomicInteger overlaps) {
        AtomicInteger now = flying.computeIfAbsent(key, k -> new AtomicInteger());
        if (now.incrementAndGet() != 1) {
            overlaps.incrementAndGet();
        }
        return CompletableFuture.supplyAsync(() -> {
            Thread.yield();
            now.decrementAndGet();
            int number = landed.get(key).incrementAndGet();
            if (fails) {
                throw new IllegalStateException("seeded");
            }
            return number;
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
