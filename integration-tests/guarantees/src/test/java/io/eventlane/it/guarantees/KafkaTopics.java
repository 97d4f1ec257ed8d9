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

import io.eventlane.brokers.KafkaBrokerOptions;
import io.eventlane.it.guarantees.Scenario.Protocol;
import io.eventlane.journal.Entry;
import io.eventlane.journal.Entry.What;

/** Topics and a group on Kafka. */
final class KafkaTopics implements Topics {

    /** What Eventlane takes for the session timeout where the broker manages the group and tells nobody. */
    static final Duration TRUST = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    /** Less than an outage takes, so that the client gives dead letters up and they have to be sent again. */
    private static final Duration LETTER_TIMEOUT = Duration.ofMillis(1_500);

    private final String name;
    private final Scenario scenario;
    private final int partitions;
    private final String bootstrapServers;
    private final Admin admin;

    /**
     * @param name unique on the broker
     */
    KafkaTopics(String name, Scenario scenario, String bootstrapServers) {
        this.name = name;
        this.scenario = scenario;
        this.partitions = scenario.partitions();
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** A broker whose groups give up a member as fast with the consumer protocol as with the classic one. */
    static KafkaBrokerOptions broker() {
        long session = Broker.KAFKA.session().toMillis();
        return KafkaBrokerOptions.DEFAULTS
                .withProperty("group.consumer.min.session.timeout.ms", session)
                .withProperty("group.consumer.session.timeout.ms", session)
                .withProperty("group.consumer.min.heartbeat.interval.ms", HEARTBEAT.toMillis())
                .withProperty("group.consumer.heartbeat.interval.ms", HEARTBEAT.toMillis());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void configure(Settings settings, String process) {
        settings.add("kafka.bootstrap.servers", bootstrapServers);
        settings.ofChannel("max.poll.records", Settings.BATCH);
        settings.ofChannel("commit-interval", Settings.COMMIT_INTERVAL.toMillis() + "ms");
        if (scenario.protocol() == Protocol.CONSUMER) {
            settings.ofChannel("group.protocol", "consumer");
        } else {
            settings.ofChannel("session.timeout.ms", Broker.KAFKA.session().toMillis());
            settings.ofChannel("heartbeat.interval.ms", HEARTBEAT.toMillis());
        }
        if (scenario.protocol() == Protocol.EAGER) {
            settings.ofChannel("partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
        }
        if (scenario.staticMembers()) {
            settings.ofChannel("group.instance.id", process);
        }
        if (scenario.deadLetters()) {
            settings.ofChannel("dead-letter-queue.delivery.timeout.ms", LETTER_TIMEOUT.toMillis());
            settings.ofChannel("dead-letter-queue.request.timeout.ms", LETTER_TIMEOUT.toMillis() / 2);
        }
    }

    @Override
    public Outlet outlet() {
        return new KafkaOutlet(events(), bootstrapServers);
    }

    @Override
    public void disturb(Step.What what) {
        throw new IllegalArgumentException("Not for topics on Kafka: " + what);
    }

    @Override
    public void create() throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(events(), partitions, (short) 1), new NewTopic(results(), 2, (short) 1),
                new NewTopic(deadLetters(), 1, (short) 1))).all().get();
    }

    @Override
    public List<String> uncommitted() throws ExecutionException, InterruptedException {
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

    @Override
    public Set<String> published() {
        Set<String> positions = new HashSet<>();
        read(results(), 2, record -> positions.add(record.value().split(" ")[0]));
        return positions;
    }

    @Override
    public List<Entry> deadLettered() {
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
