package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partitions are added to a topic that is being read, and filled before the reader knows of them. */
class KafkaAddedPartitionsTest {

    private final KafkaTestBroker broker = KafkaTestBroker.shared();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({ "latest, classic", "earliest, classic", "latest, consumer", "earliest, consumer" })
    void whenPartitionsAreAdded_thenTheirFirstRecordsAreHandled(String reset, String protocol) throws Exception {
        String topic = broker.topic(2);
        broker.send(topic, 0, "a", "old").get();
        Set<String> handled = ConcurrentHashMap.newKeySet();
        TestChannel channel = new TestChannel(broker, topic,
                (record, delivery) -> handled.add(KafkaTestBroker.text(record.payload())))
                .attribute("auto.offset.reset", reset).attribute("group.protocol", protocol)
                .attribute("metadata.max.age.ms", "500");
        try (var running = channel.start()) {
            await().until(() -> broker.committed(topic + "-group", topic, 0) == 1
                    && broker.committed(topic + "-group", topic, 1) == 0);
            broker.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(4))).all().get();
            broker.send(topic, 2, "b", "first of 2").get();
            broker.send(topic, 3, "c", "first of 3").get();
            await().until(() -> handled.containsAll(Set.of("first of 2", "first of 3")));
        }
        assertThat(handled.contains("old")).isEqualTo(reset.equals("earliest"));

        // Nor do those of the next start skip what came meanwhile.
        broker.send(topic, 3, "c", "while stopped").get();
        broker.admin().createPartitions(Map.of(topic, NewPartitions.increaseTo(5))).all().get();
        broker.send(topic, 4, "d", "first of 4").get();
        try (var running = channel.start()) {
            await().until(() -> handled.containsAll(Set.of("while stopped", "first of 4")));
        }
    }
}
