package io.eventlane.it.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;

/** The topics and the group of one scenario, on a broker that others may use too. */
final class Topics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String name;
    private final int partitions;
    private final String bootstrapServers;
    private final Admin admin;

    /**
     * @param name unique on the broker
     */
    Topics(String name, int partitions, String bootstrapServers) {
        this.name = name;
        this.partitions = partitions;
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    String events() {
        return name + "-events";
    }

    String results() {
        return name + "-results";
    }

    String deadLetters() {
        return name + "-dead-letters";
    }

    String group() {
        return name + "-group";
    }

    void create() throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(events(), partitions, (short) 1), new NewTopic(results(), 2, (short) 1),
                new NewTopic(deadLetters(), 1, (short) 1))).all().get();
    }

    /** The partitions of which the group has not committed all, each with how far it is. */
    List<String> uncommitted() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group())
                .partitionsToOffsetAndMetadata().get();
        List<String> uncommitted = new ArrayList<>();
        for (TopicPartition partition : partitions(events(), partitions)) {
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get().offset();
            OffsetAndMetadata offset = committed.get(partition);
            if (end > 0 && (offset == null || offset.offset() < end)) {
                uncommitted.add("%s is committed to %s of %d".formatted(partition,
                        offset == null ? "nothing" : Long.toString(offset.offset()), end));
            }
        }
        return uncommitted;
    }

    /** The positions of the events whose results were published. */
    Set<String> published() {
        Set<String> positions = new HashSet<>();
        read(results(), 2, record -> positions.add(record.value().split(" ")[0]));
        return positions;
    }

    /** The events in the dead-letter topic. */
    List<Entry> deadLettered() {
        List<Entry> entries = new ArrayList<>();
        read(deadLetters(), 1, record -> entries.add(new Entry(What.DEAD_LETTERED, deadLetters(), "events", record.key(),
                Work.parse(record.value()).number(), header(record, "dead-letter-topic") + "-"
                        + header(record, "dead-letter-partition") + "@" + header(record, "dead-letter-offset"),
                Entry.NONE, Entry.NONE, Entry.NONE, Entry.NONE)));
        return entries;
    }

    private void read(String topic, int of, Consumer<ConsumerRecord<String, String>> action) {
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> all = partitions(topic, of);
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            Set<TopicPartition> left = new HashSet<>(all);
            while (!left.isEmpty()) {
                left.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
                if (!left.isEmpty()) {
                    consumer.poll(POLL).forEach(action);
                }
            }
        }
    }

    private static List<TopicPartition> partitions(String topic, int count) {
        return IntStream.range(0, count).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        Header header = Objects.requireNonNull(record.headers().lastHeader(name), () -> "A dead letter without " + name);
        return new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
