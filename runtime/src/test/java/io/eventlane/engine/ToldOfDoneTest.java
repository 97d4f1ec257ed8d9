package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A source that has to be told of each record that is done. */
class ToldOfDoneTest {

    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private final Gates gates = new Gates();

    @Test
    void whenRecordsAreDone_thenEachIsToldOnceInTheOrderOfItsKey() {
        try (TestEngine engine = new TestEngine((record, run) -> {
        })) {
            CompletionTracker<String> tracker = track(engine, done::add);
            for (int i = 0; i < 1000; i++) {
                engine.submit(tracker, i, "k" + i % 7, "k" + i % 7 + "/" + i);
            }
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> tracker.frontier() == 1000);

            assertThat(done).hasSize(1000).doesNotHaveDuplicates();
            for (int key = 0; key < 7; key++) {
                String ofKey = "k" + key + "/";
                List<Integer> offsets = done.stream().filter(record -> record.startsWith(ofKey))
                        .map(record -> Integer.valueOf(record.substring(ofKey.length()))).toList();
                assertThat(offsets).isSorted();
            }
        }
    }

    @Test
    void whenARecordFails_thenItIsToldWhenItsRepetitionIsDone() {
        ByHand byHand = new ByHand();
        RecordHandler<String> handler = (record, run) -> {
            if (run.attempt() < 3) {
                throw new IllegalStateException("no");
            }
        };
        TimerByHand timer = new TimerByHand();
        try (TestEngine engine = new TestEngine(handler).threads(byHand).timer(timer)) {
            CompletionTracker<String> tracker = track(engine, done::add);
            engine.submit(tracker, 0, "a", "a0");
            byHand.runAll();
            assertThat(done).isEmpty();

            timer.endOne();
            byHand.runAll();
            timer.endOne();
            byHand.runAll();
            assertThat(done).containsExactly("a0");
        }
    }

    @Test
    void whenTheStageOfARecordCompletes_thenItIsToldOnThatThread() {
        ByHand byHand = new ByHand();
        CompletableFuture<Void> stage = new CompletableFuture<>();
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        try (TestEngine engine = new TestEngine((record, run) -> run.doneWhen(stage)).threads(byHand)) {
            CompletionTracker<String> tracker = track(engine, record -> threads.add(Thread.currentThread()));
            engine.submit(tracker, 0, "a", "a0");
            byHand.runAll();
            assertThat(threads).isEmpty();

            Thread acknowledging = Thread.ofPlatform().start(() -> stage.complete(null));
            Awaitility.await().atMost(Gates.PATIENCE).until(() -> tracker.frontier() == 1);
            assertThat(threads).containsExactly(acknowledging);
        }
    }

    @Test
    void whenRecordsAreDroppedOrWereDoneBefore_thenNobodyIsTold() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        RecordHandler<String> handler = (record, run) -> {
            switch (record) {
                case "fails" -> throw new IllegalStateException("no");
                case "waits" -> run.doneWhen(stage);
                default -> gates.handle(record, run);
            }
        };
        try (TestEngine engine = new TestEngine(handler).retryAfter(Duration.ofHours(1)).maxConcurrency(1)) {
            CompletionTracker<String> tracker = track(engine, done::add);
            engine.submit(tracker, 0, "a", "fails");
            engine.submit(tracker, 1, "b", "waits");
            engine.dispatcher().submitDone(tracker, 2);
            engine.submit(tracker, 3, "c", "runs");
            engine.submit(tracker, 4, "c", "queues");
            gates.awaitStarted("runs");

            tracker.abandon();
            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
            stage.complete(null);

            assertThat(done).isEmpty();
        }
    }

    @Test
    void whenTheAssignmentIsRevoked_thenWhatRanIsTold() {
        try (TestEngine engine = new TestEngine(gates)) {
            CompletionTracker<String> tracker = track(engine, done::add);
            engine.submit(tracker, 0, "a", "a0");
            engine.submit(tracker, 1, "a", "a1");
            gates.awaitStarted("a0");

            tracker.revoke();
            gates.open("a0", "a1");

            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
            assertThat(done).containsExactly("a0");
        }
    }

    @Test
    void whenAHandlerEndsWellAfterItsAssignmentWasAbandoned_thenItIsToldAndTheInterruptIsOver() {
        CountDownLatch interrupted = new CountDownLatch(1);
        Map<String, Boolean> interruptedWhenTold = new ConcurrentHashMap<>();
        RecordHandler<String> stubborn = (record, run) -> {
            try {
                gates.handle(record, run);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                interrupted.countDown();
            }
        };
        try (TestEngine engine = new TestEngine(stubborn)) {
            CompletionTracker<String> tracker = track(engine,
                    record -> interruptedWhenTold.put(record, Thread.currentThread().isInterrupted()));
            engine.submit(tracker, 0, "a", "a0");
            gates.awaitStarted("a0");

            assertThat(tracker.abandon()).containsExactly(0L);

            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
            assertThat(interrupted.getCount()).isZero();
            assertThat(tracker.frontier()).isEqualTo(1);
            assertThat(interruptedWhenTold).containsExactly(Map.entry("a0", false));
        }
    }

    @Test
    void whenTheTellingIsNotOver_thenTheRecordIsNotDoneAndTheAssignmentNotDrained() throws Exception {
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        try (TestEngine engine = new TestEngine((record, run) -> {
        })) {
            CompletionTracker<String> tracker = track(engine, record -> {
                telling.countDown();
                awaitOpen(told);
            });
            engine.submit(tracker, 0, "a", "a0");
            telling.await();

            tracker.revoke();
            assertThat(tracker.isDrained()).isFalse();
            assertThat(tracker.frontier()).isZero();
            assertThat(tracker.abandon()).as("its handler does not run").isEmpty();

            told.countDown();
            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
            assertThat(tracker.frontier()).isEqualTo(1);
        }
    }

    private static CompletionTracker<String> track(TestEngine engine, Consumer<String> onDone) {
        return engine.dispatcher().track("orders-0", 10_000, onDone);
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
