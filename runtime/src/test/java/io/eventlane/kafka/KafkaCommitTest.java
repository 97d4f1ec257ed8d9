package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing is ever committed past a record that is not done. */
class KafkaCommitTest {

    private static final int RECORDS = 200;

    private final KafkaTestBroker broker = KafkaTestBroker.shared();
    private final AtomicInteger handled = new AtomicInteger();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @Test
    void whenARecordBlocks_thenTheCommitStaysBeforeItUntilItIsDone() throws Exception {
        String topic = broker.topic(1);
        CountDownLatch release = new CountDownLatch(1);
        var channel = new TestChannel(broker, topic, (record, delivery) -> {
            if (record.position().offset() == 50) {
                release.await();
            }
            handled.incrementAndGet();
        });

        try (var running = channel.start()) {
            sendWithDistinctKeys(topic, 0);
            await().until(() -> handled.get() == RECORDS - 1);
            await().until(() -> committed(topic) == 50);
            sendWithDistinctKeys(topic, RECORDS);
            await().until(() -> handled.get() == 2 * RECORDS - 1);
            assertThat(committed(topic)).isEqualTo(50);

            release.countDown();
            await().until(() -> committed(topic) == 2 * RECORDS);
        }
    }

    @Test
    void whenARecordFailsAgainAndAgain_thenItIsRetriedAndNeverCommittedPastWhileOtherKeysGoOn() {
        String topic = broker.topic(1);
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger behind = new AtomicInteger();
        var channel = new TestChannel(broker, topic, (record, delivery) -> {
            switch (KafkaTestBroker.text(record.key())) {
                case "bad" -> {
                    if (record.position().offset() > 0) {
                        behind.incrementAndGet();
                    }
                    attempts.set(delivery.attempt());
                    throw attempts.get() % 2 == 0 ? new AssertionError("an Error too") : new IllegalStateException("no");
                }
                default -> handled.incrementAndGet();
            }
        });
        broker.send(topic, "bad", "first");
        broker.send(topic, "bad", "second");
        sendWithDistinctKeys(topic, 0);

        try (var running = channel.start()) {
            await().until(() -> handled.get() == RECORDS && attempts.get() >= 10);
            assertThat(committed(topic)).isZero();
            assertThat(behind).hasValue(0);
        }

        assertThat(committed(topic)).isZero();
        assertThat(channel.failures.get()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void whenANewGroupStarts_thenItsPositionIsCommittedBeforeAnythingIsDone() throws Exception {
        String topic = broker.topic(1);
        sendWithDistinctKeys(topic, 0);
        CountDownLatch release = new CountDownLatch(1);
        var channel = new TestChannel(broker, topic, (record, delivery) -> {
            handled.incrementAndGet();
            release.await();
        }).attribute("auto.offset.reset", "latest");

        try (var running = channel.start()) {
            await().until(() -> committed(topic) == RECORDS);
            broker.send(topic, "k", "new").get();
            await().until(() -> handled.get() == 1);
            assertThat(committed(topic)).isEqualTo(RECORDS);
            release.countDown();
        }
    }

    private void sendWithDistinctKeys(String topic, int from) {
        for (int i = from; i < from + RECORDS; i++) {
            broker.send(topic, "key-" + i, "x");
        }
        broker.flush();
    }

    private long committed(String topic) {
        return broker.committed(topic + "-group", topic, 0);
    }
}
