package io.eventlane.kafka;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

import io.eventlane.brokers.KafkaBroker;

/** What the tests do at a broker beside the connector: topics, records, and the offsets that a group has committed. */
final class KafkaTestBroker implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();

    static {
        // For a machine that has much else to do.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    private final String servers;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaTestBroker(KafkaBroker broker) {
        this(broker.bootstrapServers());
    }

    /**
     * @param bootstrapServers of a cluster, or of a proxy
     */
    KafkaTestBroker(String bootstrapServers) {
        servers = bootstrapServers;
        admin = Admin.create(Map.of("bootstrap.servers", servers));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 1, "max.request.size", 10_000_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static KafkaTestBroker shared() {
        return new KafkaTestBroker(KafkaBroker.shared());
    }

    String servers() {
        return servers;
    }

    /** A name that no other test has. */
    static String unique(String name) {
        return name + "-" + NAMES.incrementAndGet();
    }

    /**
     * A new topic, whose every partition is served. A broker that has announced a partition but does not serve it yet
     * refuses the first batch of a producer and may take the second: then the first can never follow.
     */
    String topic(int partitions) {
        return topic(partitions, 1);
    }

    String topic(int partitions, int replicas) {
        String name = unservedTopic(partitions, replicas);
        awaitServed(name, partitions);
        return name;
    }

    /** Creates a topic of a name that was used before, as soon as the broker has done with that. */
    void recreate(String name, int partitions) {
        await().ignoreExceptions().until(() -> {
            get(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all());
            return true;
        });
        awaitServed(name, partitions);
    }

    private void awaitServed(String name, int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            TopicPartition id = new TopicPartition(name, partition);
            await().ignoreExceptions().until(() -> get(admin.listOffsets(Map.of(id, OffsetSpec.latest())).all()) != null);
        }
    }

    /** A new topic whose partitions are announced, but may not be served yet. */
    String unservedTopic(int partitions) {
        return unservedTopic(partitions, 1);
    }

    private String unservedTopic(int partitions, int replicas) {
        String name = unique("orders");
        get(admin.createTopics(List.of(new NewTopic(name, partitions, (short) replicas))).all());
        return name;
    }

    Future<RecordMetadata> send(String topic, String key, String value) {
        return producer.send(new ProducerRecord<>(topic, bytes(key), bytes(value)), (m, e) -> {
            if (e != null)
                System.out.println("SEND FAILED " + m + e);
        });
    }

    Future<RecordMetadata> send(String topic, int partition, String key, String value) {
        return producer.send(new ProducerRecord<>(topic, partition, bytes(key), bytes(value)), (m, e) -> {
            if (e != null)
                System.out.println("SEND FAILED " + m + e);
        });
    }

    /**
     * Sends {@code perKey} records of each key, the keys taking turns; the value is the record's number within its
     * key, from 0.
     */
    void sendNumbered(String topic, int keys, int perKey) {
        sendNumbered(topic, keys, 0, perKey);
    }

    void sendNumbered(String topic, int keys, int from, int to) {
        for (int i = from; i < to; i++) {
            for (int key = 0; key < keys; key++) {
                send(topic, "key-" + key, Integer.toString(i));
            }
        }
        producer.flush();
    }

    /** A topic with settings of its own. */
    String topic(int partitions, Map<String, String> configs) {
        String name = unique("orders");
        get(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(configs))).all());
        return name;
    }

    void configure(String topic, String name, String value) {
        get(admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)))).all());
    }

    Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    /** All that stands in a topic now, partition by partition. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers, "allow.auto.create.topics", "false"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(id -> consumer.position(id) < ends.get(id))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        all.sort(Comparator.<ConsumerRecord<byte[], byte[]>> comparingInt(ConsumerRecord::partition)
                .thenComparingLong(ConsumerRecord::offset));
        return all;
    }

    /** As {@code key=value}, in the order of {@link #read}. */
    List<String> texts(String topic) {
        return read(topic).stream().map(record -> text(record.key()) + "=" + text(record.value())).toList();
    }

    void flush() {
        producer.flush();
    }

    /** The group's committed offset, or -1. */
    long committed(String group, String topic, int partition) {
        Map<TopicPartition, OffsetAndMetadata> offsets = get(admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata());
        OffsetAndMetadata offset = offsets.get(new TopicPartition(topic, partition));
        return offset == null ? -1 : offset.offset();
    }

    /** The sum of the group's committed offsets in a topic. */
    long committed(String group, String topic) {
        return get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset()).sum();
    }

    /** The offset behind the partition's last record. */
    long end(String topic, int partition) {
        TopicPartition id = new TopicPartition(topic, partition);
        return get(admin.listOffsets(Map.of(id, OffsetSpec.latest())).all()).get(id).offset();
    }

    /** How many records are left in the first partition. */
    int count(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition id = new TopicPartition(topic, 0);
            consumer.assign(List.of(id));
            consumer.seekToBeginning(List.of(id));
            int count = 0;
            for (long end = end(topic, 0); consumer.position(id) < end;) {
                count += consumer.poll(Duration.ofSeconds(1)).count();
            }
            return count;
        }
    }

    /** What is committed for a partition beside the offset; {@code null} when nothing is committed. */
    String note(String group, String topic, int partition) {
        OffsetAndMetadata offset = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .get(new TopicPartition(topic, partition));
        return offset == null ? null : offset.metadata();
    }

    /** What only some test does, such as adding partitions. */
    Admin admin() {
        return admin;
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
