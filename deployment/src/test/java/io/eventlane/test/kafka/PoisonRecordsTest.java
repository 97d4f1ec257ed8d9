package io.eventlane.test.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.DeadLetters;
import io.eventlane.Envelope;
import io.eventlane.EventBus;
import io.eventlane.Key;
import io.eventlane.spi.FailureHandler;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

/** Records that nobody can handle neither stop a channel nor hold up other keys. */
class PoisonRecordsTest {

    private static final String SUFFIX = "-" + System.nanoTime();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handlers.class, Order.class, Triage.class, Visit.class)
            .overrideConfigKey("quarkus.eventlane.incoming.poison.topic", "poison" + SUFFIX)
            .overrideConfigKey("quarkus.eventlane.incoming.poison.failure-strategy", "dead-letter-queue")
            .overrideConfigKey("quarkus.eventlane.incoming.poison.dead-letter-queue.topic", "dead" + SUFFIX)
            .overrideConfigKey("quarkus.eventlane.incoming.texts.topic", "texts" + SUFFIX)
            .overrideConfigKey("quarkus.eventlane.outgoing.texts.topic", "texts" + SUFFIX)
            .overrideConfigKey("quarkus.eventlane.incoming.texts.retry.initial-delay", "10ms")
            .overrideConfigKey("quarkus.eventlane.incoming.texts.retry.retry-on", "java.io.IOException")
            .overrideConfigKey("quarkus.eventlane.incoming.texts.retry.abort-on", "java.io.FileNotFoundException")
            .overrideConfigKey("quarkus.eventlane.incoming.texts.failure-strategy", "triage");

    // Another class loader than the one that configures has another suffix.
    @ConfigProperty(name = "quarkus.eventlane.incoming.poison.topic")
    String topic;

    @ConfigProperty(name = "quarkus.eventlane.incoming.poison.dead-letter-queue.topic")
    String deadLetterTopic;

    @Inject
    Handlers handlers;

    @Inject
    EventBus bus;

    @Inject
    DeadLetters deadLetters;

    @Test
    void whenRecordsCannotBeDecoded_thenTheyGoToTheDeadLetterTopicAsTheyAreAndTheirNeighboursAreHandled() throws Exception {
        String servers = System.getProperty("kafka.bootstrap.servers");
        byte[] large = new byte[2_500_000];
        List<byte[]> poison = List.of(
                new byte[] { (byte) 0xff, 0, (byte) 0xfe },
                "{\"event_id\": \"1\"".getBytes(UTF_8),
                "{\"aggregate_id\":\"a b\",\"event_type\":\"t\",\"event_version\":1,\"payload\":{}}".getBytes(UTF_8),
                envelope("somebody-else"),
                large);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers));
                var producer = new KafkaProducer<>(Map.of("bootstrap.servers", servers, "max.request.size", 9_000_000),
                        new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String name : List.of(topic, deadLetterTopic)) {
                allowLarge(admin, name);
            }
            for (int i = 0; i < poison.size(); i++) {
                producer.send(new ProducerRecord<>(topic, ("key-" + i).getBytes(UTF_8), poison.get(i))).get();
                producer.send(new ProducerRecord<>(topic, ("key-" + i).getBytes(UTF_8), envelope("key-" + i))).get();
            }
            producer.send(new ProducerRecord<>(topic, "tombstone".getBytes(UTF_8), null)).get();
        }

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(handlers.seen()).hasSize(poison.size() + 1));
        assertThat(handlers.seen()).containsExactlyInAnyOrder("key-0", "key-1", "key-2", "key-3", "key-4", "null tombstone");
        await().atMost(Duration.ofSeconds(40)).until(() -> read(servers, deadLetterTopic).size() == poison.size());
        List<ConsumerRecord<byte[], byte[]>> letters = read(servers, deadLetterTopic);
        for (int i = 0; i < poison.size(); i++) {
            String key = "key-" + i;
            ConsumerRecord<byte[], byte[]> letter = letters.stream().filter(one -> new String(one.key(), UTF_8).equals(key))
                    .findFirst().orElseThrow();
            assertThat(letter.value()).isEqualTo(poison.get(i));
            assertThat(new String(letter.headers().lastHeader("dead-letter-exception-class-name").value(), UTF_8))
                    .isEqualTo("io.eventlane.InvalidEventException");
        }
        assertThat(deadLetters.quarantined("poison")).isEmpty();
    }

    @Test
    void whenAFailureIsNamedToBeRetriedOrNot_thenItIsAndTheApplicationsHandlerDecides() {
        for (String text : List.of("io", "file", "state", "fine")) {
            bus.publish("texts", text, text).toCompletableFuture().join();
        }

        await().atMost(Duration.ofSeconds(40)).until(() -> handlers.texts().contains("fine") && handlers.asked().size() == 3);
        assertThat(handlers.texts()).filteredOn(Predicate.isEqual("io")).hasSize(3);
        assertThat(handlers.texts()).filteredOn(Predicate.isEqual("file")).hasSize(1);
        assertThat(handlers.texts()).filteredOn(Predicate.isEqual("state")).hasSize(1);
        assertThat(handlers.asked()).containsExactlyInAnyOrder("texts IOException after 3",
                "texts FileNotFoundException after 1",
                "texts IllegalStateException after 1");
    }

    private static byte[] envelope(String aggregate) {
        return ("{\"event_id\":\"e-1\",\"aggregate_id\":\"" + aggregate
                + "\",\"event_type\":\"t\",\"event_version\":1,\"payload\":{\"id\":\"x\"}}")
                .getBytes(UTF_8);
    }

    private static void allowLarge(Admin admin, String topic) throws Exception {
        var resource = new ConfigResource(
                ConfigResource.Type.TOPIC, topic);
        var allow = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", "9000000"),
                AlterConfigOp.OpType.SET);
        try {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(Map.of("max.message.bytes", "9000000")))).all()
                    .get();
        } catch (ExecutionException exists) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(allow))).all().get();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String servers, String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", servers), new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    public record Order(String id) {
    }

    @RequestScoped
    public static class Visit {

        public String exception(Throwable cause) {
            return cause.getClass().getSimpleName();
        }
    }

    @ApplicationScoped
    @Identifier("triage")
    public static class Triage implements FailureHandler {

        @Inject
        Handlers handlers;

        @Inject
        Visit visit;

        @Override
        public Action onFailure(Failure failure) {
            handlers.asked().add(failure.channel() + " " + visit.exception(failure.cause()) + " after " + failure.attempts());
            return Action.IGNORE;
        }
    }

    @ApplicationScoped
    public static class Handlers {

        final Queue<String> seen = new ConcurrentLinkedQueue<>();
        final Queue<String> texts = new ConcurrentLinkedQueue<>();
        final Queue<String> asked = new ConcurrentLinkedQueue<>();

        @Incoming("poison")
        void on(Envelope<Order> order, @Key String key) {
            seen.add(order == null ? "null " + key : order.aggregateId());
        }

        @Incoming("texts")
        void on(String text) throws IOException {
            texts.add(text);
            switch (text) {
                case "io" -> throw new IOException(text);
                case "file" -> throw new FileNotFoundException(text);
                case "state" -> throw new IllegalStateException(text);
                default -> {
                }
            }
        }

        Queue<String> seen() {
            return seen;
        }

        Queue<String> texts() {
            return texts;
        }

        Queue<String> asked() {
            return asked;
        }
    }
}
