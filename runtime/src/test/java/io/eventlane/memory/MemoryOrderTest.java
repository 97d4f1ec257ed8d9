package io.eventlane.memory;

import static io.eventlane.memory.Events.event;
import static io.eventlane.memory.Events.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;
import io.eventlane.spi.Outbound;

@Timeout(120)
class MemoryOrderTest {

    private static final int PUBLISHERS = 6;
    private static final int EVENTS_OF_EACH = 3_000;
    private static final int KEYS_OF_EACH = 7;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryConnector connector = new MemoryConnector(timer);

    @AfterEach
    void close() {
        connector.closeIncoming(Duration.ofSeconds(10));
        timer.shutdownNow();
    }

    @Test
    void whenManyPublishAndHandlersTakeAndFailAtRandom_thenEachChannelHandlesAllInTheOrderOfTheirKey() throws Exception {
        Judge first = new Judge();
        Judge second = new Judge();
        connector.openIncoming(List.of(
                new MemoryTestChannel("first", List.of("orders"), first).maxQueued(50).definition(),
                new MemoryTestChannel("second", List.of("orders"), second).maxSpan(200).maxConcurrency(4).definition()));
        connector.startIncoming();

        publish(connector.openOutgoing(new MemoryOutgoing("orders", "orders", 100, null)));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> first.handled() == PUBLISHERS * EVENTS_OF_EACH && second.handled() == first.handled());
        assertThat(first.faults).isEmpty();
        assertThat(second.faults).isEmpty();
    }

    /** Each publisher has keys of its own, and numbers the events of each. */
    private static void publish(Outbound outbound) throws InterruptedException {
        List<Thread> publishers = new ArrayList<>();
        for (int p = 0; p < PUBLISHERS; p++) {
            int publisher = p;
            publishers.add(Thread.ofVirtual().start(() -> {
                Random random = new Random(publisher);
                int[] numbers = new int[KEYS_OF_EACH];
                for (int i = 0; i < EVENTS_OF_EACH; i++) {
                    int key = random.nextInt(KEYS_OF_EACH);
                    outbound.send(event(publisher + "/" + key, Integer.toString(numbers[key]++))).toCompletableFuture().join();
                }
            }));
        }
        for (Thread one : publishers) {
            one.join();
        }
    }

    /** Handles events, and finds what is out of order, doubled, missing or handled at the same time as another of its key. */
    private static final class Judge implements InboundHandler {

        private final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
        private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
        final Queue<String> faults = new ConcurrentLinkedQueue<>();

        @Override
        public void handle(InboundRecord record, Delivery delivery) {
            String key = text(record.key());
            AtomicInteger inside = running.computeIfAbsent(key, name -> new AtomicInteger());
            if (inside.incrementAndGet() > 1) {
                faults.add(key + " runs twice");
            }
            try {
                judge(key, Integer.parseInt(text(record.payload())));
            } finally {
                inside.decrementAndGet();
            }
        }

        private void judge(String key, int number) {
            int dice = ThreadLocalRandom.current().nextInt(100);
            if (dice < 5) {
                LockSupport.parkNanos(dice * 300_000L);
            } else if (dice < 8) {
                throw new IllegalStateException("this time it fails");
            }
            int expected = handled.computeIfAbsent(key, name -> new AtomicInteger()).getAndIncrement();
            if (number != expected) {
                faults.add("%s: %d came where %d was due".formatted(key, number, expected));
            }
        }

        int handled() {
            return handled.values().stream().mapToInt(AtomicInteger::get).sum();
        }
    }
}
