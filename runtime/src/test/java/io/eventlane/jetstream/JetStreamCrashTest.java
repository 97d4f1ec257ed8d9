package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.channel.MemberProcess;
import io.eventlane.channel.MemberProcess.Start;

/**
 * An instance is killed or frozen with messages in its hands, and another one takes over. What the first had would come back
 * only after {@code ack-wait}, half a minute, while newer messages of the same keys are there at once.
 */
class JetStreamCrashTest {

    private static final int KEYS = 50;
    private static final int PER_KEY = 40;

    private final TestNats nats = TestNats.shared();
    private final String topic = nats.topic();
    private final Queue<Start> starts = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nats.close();
    }

    private TestIncoming second() {
        return new TestIncoming(nats, topic, (record, delivery) -> starts
                .add(new Start(System.nanoTime(), TestNats.text(record.key()), TestNats.text(record.payload()))));
    }

    @Test
    void whenAnInstanceIsKilled_thenAnotherGoesOnInOrderWithoutWaitingForTheAckWait() throws Exception {
        nats.sendNumbered(topic, KEYS, 0, PER_KEY);
        List<Start> before;
        try (var first = new MemberProcess(MemberMain.class, nats.url(), topic, 20, "1", "2")) {
            await().until(() -> first.startCount() > 200);
            first.kill();
            before = first.starts();
        }
        long killed = System.nanoTime();
        assertThat(before).hasSizeLessThan(KEYS * PER_KEY);

        try (var running = second().start()) {
            await().until(() -> last(starts).size() == KEYS && last(starts).values().stream().allMatch(n -> n == PER_KEY - 1));
        }

        assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(20));
        assertInOrder(before, List.copyOf(starts));
    }

    @Test
    void whenAnInstanceIsFrozen_thenAnotherTakesOverAndTheFirstStartsNothingWhenItWakes() throws Exception {
        nats.sendNumbered(topic, KEYS, 0, PER_KEY);
        try (var first = new MemberProcess(MemberMain.class, nats.url(), topic, 50, "1", "2")) {
            await().until(() -> first.startCount() > 200);
            first.freeze();
            List<Start> before = first.starts();
            try (var running = second().start()) {
                await().until(() -> last(starts).size() == KEYS
                        && last(starts).values().stream().allMatch(n -> n == PER_KEY - 1));
                assertInOrder(before, List.copyOf(starts));
                long thawed = first.thaw();
                AtomicInteger after = new AtomicInteger();
                await().until(() -> {
                    nats.send(topic, "after", Integer.toString(after.getAndIncrement()));
                    return starts.stream().filter(start -> start.key().equals("after")).count() > 20;
                });
                await().untilAsserted(() -> assertThat(nats.consumer(topic).getNumAckPending()).isZero());

                assertThat(first.starts()).filteredOn(start -> start.nanoTime() > thawed).isEmpty();
            }
        }
    }

    /** The number that each key has come to. */
    static Map<String, Integer> last(Iterable<Start> starts) {
        Map<String, Integer> last = new HashMap<>();
        starts.forEach(start -> last.put(start.key(), Integer.parseInt(start.payload())));
        return last;
    }

    /** A later instance may begin again with what an earlier one had not acknowledged, but skips nothing. */
    static void assertInOrder(List<Start> before, List<Start> after) {
        Map<String, Integer> reached = last(before);
        Map<String, List<Integer>> numbers = new HashMap<>();
        after.forEach(start -> numbers.computeIfAbsent(start.key(), key -> new ArrayList<>())
                .add(Integer.valueOf(start.payload())));
        numbers.forEach((key, list) -> {
            assertThat(list.getFirst()).as("the first number of %s", key)
                    .isLessThanOrEqualTo(reached.getOrDefault(key, -1) + 1);
            for (int i = 1; i < list.size(); i++) {
                assertThat(list.get(i)).as("numbers of %s: %s", key, list).isEqualTo(list.get(i - 1) + 1);
            }
        });
    }
}
