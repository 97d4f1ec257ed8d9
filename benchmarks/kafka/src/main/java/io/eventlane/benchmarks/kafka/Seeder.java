package io.eventlane.benchmarks.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

import io.eventlane.benchmarks.common.Keys;
import io.eventlane.benchmarks.common.Records;

/** Creates the topics and fills them, with the same records in every run. */
final class Seeder {

    private final String bootstrapServers;

    Seeder(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    void fill(TopicSpec topic) {
        create(topic);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "20", "batch.size", "65536",
                        // A partition may refuse what comes first, for it is new. Several requests on their way would then
                        // arrive out of sequence, again and again.
                        "max.in.flight.requests.per.connection", "1"),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            send(topic, producer, failure);
        }
        if (failure.get() != null) {
            throw new IllegalStateException("Could not fill " + topic.name(), failure.get());
        }
    }

    private static void send(TopicSpec topic, KafkaProducer<byte[], byte[]> producer,
            AtomicReference<@Nullable Exception> failure) {
        Records records = new Records(Keys.of(topic.keys()), TopicSpec.BYTES);
        for (int number = 0; number < topic.records(); number++) {
            byte[] payload = records.next();
            producer.send(new ProducerRecord<>(topic.name(), records.key().getBytes(UTF_8), payload), (metadata, e) -> {
                if (e != null) {
                    failure.set(e);
                }
            });
        }
    }

    private void create(TopicSpec topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic.name(), TopicSpec.PARTITIONS, (short) 1))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Could not create " + topic.name(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating " + topic.name(), e);
        }
    }
}
