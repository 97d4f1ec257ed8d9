package io.eventlane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

class DrainTest {

    private final Gates gates = new Gates();

    @Test
    void whenNothingIsDue_thenItDoesNotWait() {
        try (TestEngine engine = new TestEngine(gates)) {
            assertThat(Drain.await(List.of(engine.track()), Duration.ZERO)).isTrue();
        }
    }

    @Test
    void whenHandlersOutlastTheDeadline_thenItSaysSo() {
        try (TestEngine engine = new TestEngine(gates)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            gates.awaitStarted("a0");
            tracker.revoke();

            assertThat(Drain.await(List.of(tracker), Duration.ofMillis(5))).isFalse();
            gates.open("a0");
            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
        }
    }

    @Test
    void whenTheLastRecordOfAnyAssignmentEnds_thenTheSourceIsWoken() {
        try (TestEngine engine = new TestEngine(gates)) {
            CompletionTracker<String> one = engine.dispatcher().track("orders-0", 10);
            CompletionTracker<String> other = engine.dispatcher().track("orders-1", 10);
            engine.submit(one, 0, "a", "one");
            engine.submit(other, 0, "a", "other");
            gates.awaitStarted("one", "other");
            one.revoke();
            other.revoke();
            Thread source = Thread.currentThread();
            Thread opener = Thread.ofPlatform().start(() -> {
                awaitParked(source);
                gates.open("one");
                gates.awaitFinished("one");
                awaitParked(source);
                gates.open("other");
            });

            long start = System.nanoTime();
            assertThat(Drain.await(List.of(one, other), Gates.PATIENCE)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as("woken, not timed out").isLessThan(Gates.PATIENCE);
            assertThat(opener).satisfies(Thread::join);
        }
    }

    @Test
    void whenInterrupted_thenItGoesOnAndKeepsTheInterrupt() {
        try (TestEngine engine = new TestEngine(gates)) {
            CompletionTracker<String> tracker = engine.track();
            engine.submit(tracker, 0, "a", "a0");
            gates.awaitStarted("a0");
            Thread source = Thread.currentThread();
            Thread.ofPlatform().start(() -> {
                awaitParked(source);
                source.interrupt();
                gates.open("a0");
            });

            assertThat(Drain.await(List.of(tracker), Gates.PATIENCE)).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private static void awaitParked(Thread source) {
        while (source.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
