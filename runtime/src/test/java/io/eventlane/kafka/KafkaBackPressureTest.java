package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaBackPressureTest {

    private static final int RECORDS = 1000;

    private final KafkaTestBroker broker = KafkaTestBroker.shared();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @Test
    void whenAsManyAsMaxQueuedAreHeld_thenNoMoreAreTakenUntilThereIsRoom() {
        String topic = broker.topic(1);
        broker.sendNumbered(topic, RECORDS, 1);
        AtomicInteger started = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        // More may run at once than may be held: those that start show how many were taken.
        var channel = new TestChannel(broker, topic, (record, delivery) -> {
            started.incrementAndGet();
            release.await();
            finished.incrementAndGet();
        }).maxConcurrency(RECORDS).maxQueued(100);

        try (var running = channel.start()) {
            await().until(() -> started.get() > 50);
            // What the other group sees pass in the meantime is ample time for more to be taken.
            assertThat(countAll(topic)).isEqualTo(RECORDS);
            assertThat(started.get()).isLessThanOrEqualTo(100);

            release.countDown();
            await().until(() -> finished.get() == RECORDS);
        }
    }

    @Test
    void whenOnePartitionReachesItsSpan_thenItAlonePausesAndGoesOnLater() {
        String topic = broker.topic(2);
        for (int i = 0; i < RECORDS; i++) {
            broker.send(topic, i % 2, "key-" + i, Integer.toString(i));
        }
        broker.flush();
        Map<Integer, AtomicInteger> finished = new ConcurrentHashMap<>(Map.of(0, new AtomicInteger(), 1, new AtomicInteger()));
        CountDownLatch release = new CountDownLatch(1);
        var channel = new TestChannel(broker, topic, (record, delivery) -> {
            if (record.position().partition() == 0 && record.position().offset() == 0) {
                release.await();
            }
            finished.get(record.position().partition()).incrementAndGet();
        }).maxSpan(40);

        try (var running = channel.start()) {
            await().until(() -> finished.get(1).get() == RECORDS / 2);
            assertThat(finished.get(0).get()).isLessThan(40);

            release.countDown();
            await().until(() -> finished.get(0).get() == RECORDS / 2);
        }
    }

    private int countAll(String topic) {
        AtomicInteger seen = new AtomicInteger();
        try (var other = new TestChannel(broker, topic, (record, delivery) -> seen.incrementAndGet())
                .group(topic + "-other").start()) {
            await().until(() -> seen.get() == RECORDS);
        }
        return seen.get();
    }
}
