package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a group has written down of records above its offset is believed only where it still is true. */
class KafkaMovedOffsetsTest {

    private static final int RECORDS = 200;

    private final KafkaTestBroker broker = KafkaTestBroker.shared();
    private final Set<Integer> handled = ConcurrentHashMap.newKeySet();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @Test
    void whenTheOffsetStaysWhereItIs_thenWhatIsDoneIsNotHandledAgain() throws Exception {
        String topic = leaveHalfDone(broker.topic(1));

        handleFrom(topic);

        assertThat(handled).hasSize(1).contains(0);
    }

    @Test
    void whenSomebodyMovesTheOffset_thenNothingIsSkipped() throws Exception {
        String topic = leaveHalfDone(broker.topic(1));
        OffsetAndMetadata note = new OffsetAndMetadata(1, broker.note(topic + "-group", topic, 0));
        broker.admin().alterConsumerGroupOffsets(topic + "-group", Map.of(new TopicPartition(topic, 0), note)).all().get();

        handleFrom(topic);

        assertThat(handled).hasSize(RECORDS - 1);
    }

    @Test
    void whenTheOffsetsAreReset_thenNothingIsSkipped() throws Exception {
        String topic = leaveHalfDone(broker.topic(1));
        broker.admin().alterConsumerGroupOffsets(topic + "-group",
                Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0))).all().get();

        handleFrom(topic);

        assertThat(handled).hasSize(RECORDS);
    }

    @Test
    void whenTheTopicIsMadeAnewWhileNobodyReads_thenNothingIsSkipped() throws Exception {
        String topic = leaveHalfDone(broker.topic(1));
        OffsetAndMetadata note = new OffsetAndMetadata(0, broker.note(topic + "-group", topic, 0));
        broker.admin().deleteTopics(List.of(topic)).all().get();
        broker.recreate(topic, 1);
        send(topic, "of another topic ");
        // As a member does that has not noticed yet.
        broker.admin().alterConsumerGroupOffsets(topic + "-group", Map.of(new TopicPartition(topic, 0), note)).all().get();

        handleFrom(topic);

        assertThat(handled).hasSize(RECORDS);
    }

    @Test
    void whenTheLogIsCompacted_thenNothingThatIsLeftIsSkipped() throws Exception {
        String topic = KafkaTestBroker.unique("compacted");
        broker.admin().createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("cleanup.policy", "compact",
                "min.cleanable.dirty.ratio", "0.001", "segment.ms", "100", "delete.retention.ms", "0",
                "max.compaction.lag.ms", "100")))).all().get();
        await().ignoreExceptions().until(() -> broker.end(topic, 0) == 0);
        leaveHalfDone(topic);
        // The first record, at which the group stands, and many behind it are replaced by newer ones.
        for (int i = 0; i < 100; i++) {
            broker.send(topic, "key-" + i, Integer.toString(RECORDS + i));
        }
        broker.flush();
        await().until(() -> {
            broker.send(topic, "last", "x").get();
            return broker.count(topic) < RECORDS + 10;
        });

        handleFrom(topic);

        for (int i = 0; i < 100; i++) {
            assertThat(handled).contains(RECORDS + i);
        }
    }

    /** Has all records done but the first one, and committed so; then stops. */
    private String leaveHalfDone(String topic) throws Exception {
        send(topic, "");
        CountDownLatch never = new CountDownLatch(1);
        TestChannel channel = new TestChannel(broker, topic, (record, delivery) -> {
            if (record.position().offset() == 0) {
                never.await();
            }
            handled.add((int) record.position().offset());
        });
        var running = channel.start();
        await().until(() -> handled.size() == RECORDS - 1);
        await().until(() -> {
            String note = broker.note(topic + "-group", topic, 0);
            CompletedOffsets completed = note == null ? null : CommitNote.decode(note).completed();
            return completed != null && completed.done().cardinality() == RECORDS - 1;
        });
        running.close(Duration.ofMillis(100));
        handled.clear();
        return topic;
    }

    private void send(String topic, String prefix) {
        for (int i = 0; i < RECORDS; i++) {
            broker.send(topic, "key-" + i, prefix + i);
        }
        broker.flush();
    }

    private void handleFrom(String topic) {
        try (var running = new TestChannel(broker, topic,
                (record, delivery) -> handled.add((int) record.position().offset())).start()) {
            await().until(() -> broker.committed(topic + "-group", topic, 0) == broker.end(topic, 0));
        }
    }
}
