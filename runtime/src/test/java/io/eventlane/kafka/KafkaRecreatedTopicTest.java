package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.spi.ChannelStatus.Trouble;

/** A topic is deleted and created again, with more records than the old one had, while it is being read. */
@Tag("wide")
class KafkaRecreatedTopicTest {

    private final KafkaTestBroker broker = KafkaTestBroker.shared();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "classic", "consumer" })
    void whenATopicIsDeletedAndCreatedAgain_thenNothingOfTheNewOneIsSkipped(String protocol) throws Exception {
        String topic = KafkaTestBroker.unique("again");
        Set<String> handled = ConcurrentHashMap.newKeySet();
        TestChannel channel = new TestChannel(broker, topic,
                (record, delivery) -> handled.add(KafkaTestBroker.text(record.payload())))
                .attribute("group.protocol", protocol)
                .attribute("allow.auto.create.topics", "false")
                // The consumer sees the new topic late, and by itself goes on where it was, or at the end.
                .attribute("retry.backoff.ms", "3000").attribute("retry.backoff.max.ms", "3000")
                .attribute("auto.offset.reset", "latest");
        try (var running = channel.start()) {
            // Missing first: then it is known that the old one was seen.
            await().until(() -> running.status().troubles().stream().anyMatch(trouble -> trouble.what().contains("create it")));
            broker.recreate(topic, 1);
            await().until(() -> running.status().troubles().isEmpty()
                    && broker.committed(topic + "-group", topic, 0) == 0);
            broker.sendNumbered(topic, 50, 1);
            await().until(() -> broker.committed(topic + "-group", topic, 0) == 50);

            broker.admin().deleteTopics(List.of(topic)).all().get();
            broker.recreate(topic, 1);
            for (int i = 0; i < 100; i++) {
                broker.send(topic, "key-" + i, "new " + i);
            }
            broker.flush();

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> handled.stream().filter(payload -> payload.startsWith("new")).count() == 100);
            await().until(() -> broker.committed(topic + "-group", topic, 0) == 100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "classic", "consumer" })
    void whenATopicIsMissing_thenTheStatusSaysSoUntilItIsThere(String protocol) throws Exception {
        String topic = KafkaTestBroker.unique("missing");
        Set<String> handled = ConcurrentHashMap.newKeySet();
        TestChannel channel = new TestChannel(broker, topic,
                (record, delivery) -> handled.add(KafkaTestBroker.text(record.payload())))
                .attribute("group.protocol", protocol).attribute("metadata.max.age.ms", "1000")
                .attribute("allow.auto.create.topics", "false");
        try (var running = channel.start()) {
            await().until(() -> running.status().troubles().stream().map(Trouble::what)
                    .anyMatch(what -> what.startsWith("topic " + topic + " does not exist at " + broker.servers())));
            broker.recreate(topic, 1);
            broker.send(topic, "k", "there").get();
            await().until(() -> handled.contains("there") && running.status().troubles().isEmpty());
        }
        assertThat(handled).hasSize(1);
    }
}
