package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.channel.OrderJournal;

class KafkaBrokerRestartTest {

    private static final int KEYS = 40;
    private static final int PER_KEY = 50;

    @Test
    void whenTheBrokerDiesInTheMiddleAndComesBack_thenEverythingIsHandledInOrder() {
        try (KafkaBroker process = KafkaBroker.start(); KafkaTestBroker broker = new KafkaTestBroker(process)) {
            String topic = broker.topic(2);
            broker.sendNumbered(topic, KEYS, PER_KEY);
            OrderJournal journal = new OrderJournal();
            var channel = new TestChannel(broker, topic, journal.handler((record, delivery) -> Thread.sleep(5)))
                    .maxConcurrency(4).maxQueued(100).attribute("max.partition.fetch.bytes", "1024");

            try (var running = channel.start()) {
                await().until(() -> journal.finished() > 300);
                process.kill();
                process.restart();
                assertThat(journal.finished()).as("not yet all were handled").isLessThan(KEYS * PER_KEY);
                await().atMost(Duration.ofMinutes(3)).until(() -> journal.finished() == KEYS * PER_KEY);
            }

            journal.assertInOrder();
            assertThat(broker.committed(topic + "-group", topic, 0) + broker.committed(topic + "-group", topic, 1))
                    .isEqualTo(KEYS * PER_KEY);
        }
    }
}
