package io.eventlane.it.guarantees;

import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import io.eventlane.it.guarantees.Workload.Keyed;

/** An idempotent producer. */
final class KafkaOutlet implements Outlet {

    private final String topic;
    private final KafkaProducer<String, String> producer;

    KafkaOutlet(String topic, String bootstrapServers) {
        this.topic = topic;
        String patience = Long.toString(PATIENCE.toMillis());
        this.producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all",
                "enable.idempotence", "true", "request.timeout.ms", "5000", "delivery.timeout.ms", patience,
                "max.block.ms", patience), new StringSerializer(), new StringSerializer());
    }

    @Override
    public void send(Keyed event, Answer answer) {
        producer.send(new ProducerRecord<>(topic, event.key(), event.work().toString()), (metadata, problem) -> {
            if (problem == null) {
                answer.acknowledged(metadata.topic() + "-" + metadata.partition() + "@" + metadata.offset());
            } else {
                answer.failed(problem);
            }
        });
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
