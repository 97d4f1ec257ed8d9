package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing is left of a connector that was closed. */
@Tag("wide")
class KafkaStartStopTest {

    private static final int CYCLES = 100;
    private static final long MEGABYTE = 1 << 20;

    private final KafkaTestBroker broker = KafkaTestBroker.shared();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @Test
    void whenStartedAndStoppedManyTimes_thenNoThreadAndNoMemoryIsLeft() throws Exception {
        String topic = broker.topic(2);
        AtomicInteger handled = new AtomicInteger();
        cycle(topic, handled, 0);
        cycle(topic, handled, 1);
        Set<String> threads = threads();
        long heap = heap();
        for (int i = 2; i < 2 + CYCLES; i++) {
            cycle(topic, handled, i);
        }

        assertThat(handled).hasValue(2 + CYCLES);
        await().untilAsserted(() -> assertThat(threads()).isEqualTo(threads));
        long after = heap();
        System.out.printf("heap after %d starts: %d KiB, before: %d KiB%n", CYCLES, after / 1024, heap / 1024);
        assertThat(after).isLessThan(heap + 5 * MEGABYTE);
    }

    private void cycle(String topic, AtomicInteger handled, int number) throws Exception {
        broker.send(topic, "k", Integer.toString(number)).get();
        try (var running = new TestChannel(broker, topic, (record, delivery) -> handled.incrementAndGet()).start()) {
            await().until(() -> handled.get() == number + 1);
        }
    }

    /** Those that come and go by themselves aside. */
    private static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        names.removeIf(name -> name.matches("(ForkJoinPool|VirtualThread|process reaper|awaitility).*"));
        return names;
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
