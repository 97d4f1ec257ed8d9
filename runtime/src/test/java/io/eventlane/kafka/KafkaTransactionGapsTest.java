package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Control records and aborted transactions leave holes in the offsets, also at the end. */
class KafkaTransactionGapsTest {

    @Test
    void whenTransactionsLeaveGaps_thenOnlyCommittedRecordsAreHandledAndTheEndIsCommitted() throws Exception {
        try (KafkaTestBroker broker = KafkaTestBroker.shared()) {
            String topic = broker.topic(1);
            long end;
            try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.servers(), "transactional.id", topic),
                    new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                send(producer, topic, true, "a", "b");
                send(producer, topic, false, "dropped");
                send(producer, topic, true, "c");
                send(producer, topic, false, "dropped too");
                end = 9; // five records and four markers
            }
            List<String> handled = new CopyOnWriteArrayList<>();

            try (var running = new TestChannel(broker, topic,
                    (record, delivery) -> handled.add(KafkaTestBroker.text(record.payload()))).start()) {
                await().until(() -> broker.committed(topic + "-group", topic, 0) == end);
            }

            assertThat(handled).containsExactly("a", "b", "c");
        }
    }

    private static void send(KafkaProducer<String, String> producer, String topic, boolean commit, String... values)
            throws Exception {
        producer.beginTransaction();
        for (String value : values) {
            producer.send(new ProducerRecord<>(topic, "k", value)).get();
        }
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }
}
