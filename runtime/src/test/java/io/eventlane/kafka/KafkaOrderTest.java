package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.eventlane.channel.OrderJournal;

class KafkaOrderTest {

    private static final int KEYS = 50;
    private static final int PER_KEY = 60;

    private final KafkaTestBroker broker = KafkaTestBroker.shared();
    private final OrderJournal journal = new OrderJournal();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @ParameterizedTest(name = "{0} partitions, handlers up to {1} ms")
    @CsvSource({ "1,0", "1,4", "8,0", "8,4" })
    void whenManyKeysAreRead_thenEachIsHandledInOrderAndOnce(int partitions, int maxMillis) {
        String topic = broker.topic(partitions);
        broker.sendNumbered(topic, KEYS, PER_KEY);

        try (var running = new TestChannel(broker, topic, journal.handler((record, delivery) -> work(maxMillis))).start()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> journal.finished() == KEYS * PER_KEY);
        }

        journal.assertInOrder();
        assertThat(journal.starts).hasValue(KEYS * PER_KEY);
        assertThat(committedInAll(topic, partitions)).isEqualTo(KEYS * PER_KEY);
    }

    private long committedInAll(String topic, int partitions) {
        long sum = 0;
        for (int partition = 0; partition < partitions; partition++) {
            sum += Math.max(0, broker.committed(topic + "-group", topic, partition));
        }
        return sum;
    }

    private static void work(int maxMillis) throws InterruptedException {
        if (maxMillis > 0) {
            Thread.sleep(ThreadLocalRandom.current().nextInt(maxMillis + 1));
        }
    }
}
