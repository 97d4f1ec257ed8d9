package io.eventlane.test.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Envelope;
import io.eventlane.EventBus;
import io.quarkus.test.QuarkusUnitTest;

class WireFormatTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of();

    @Inject
    EventBus bus;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Test
    void whenAnEnvelopeIsPublished_thenItIsOnTheWireAsDocumented() throws Exception {
        Envelope<Map<String, Integer>> envelope = new Envelope<>("e-1", "order-17", "order.placed", 2,
                Instant.parse("2026-01-31T12:00:00Z"), "t-1", "c-1", "n-1", Map.of("amount", 3));
        bus.publish("wire-envelope", envelope).toCompletableFuture().get(30, TimeUnit.SECONDS);

        ConsumerRecord<String, String> record = first("wire-envelope");

        assertThat(record.key()).isEqualTo("order-17");
        assertThat(record.value())
                .isEqualTo("{\"event_id\":\"e-1\",\"aggregate_id\":\"order-17\",\"event_type\":\"order.placed\","
                        + "\"event_version\":2,\"timestamp\":\"2026-01-31T12:00:00Z\",\"trace_id\":\"t-1\",\"correlation_id\":\"c-1\","
                        + "\"tenant_id\":\"n-1\",\"payload\":{\"amount\":3}}");
        assertThat(headers(record)).containsExactly("X-Event-ID=e-1", "X-Aggregate-ID=order-17", "X-Event-Type=order.placed",
                "X-Event-Version=2", "X-Timestamp=2026-01-31T12:00:00Z", "X-Trace-ID=t-1", "X-Correlation-ID=c-1",
                "X-Tenant-ID=n-1");
    }

    @Test
    void whenAPlainPayloadIsPublished_thenItsOnlyHeaderIsItsId() throws Exception {
        String id = bus.publish("wire-plain", 17).toCompletableFuture().get(30, TimeUnit.SECONDS).eventId();

        ConsumerRecord<String, String> record = first("wire-plain");

        assertThat(record.key()).isNull();
        assertThat(record.value()).isEqualTo("17");
        assertThat(headers(record)).containsExactly("X-Event-ID=" + id);
    }

    private ConsumerRecord<String, String> first(String topic) {
        Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            for (int i = 0; i < 30 && records.isEmpty(); i++) {
                records.addAll(consumer.poll(Duration.ofSeconds(1)).records(partition));
            }
            assertThat(records).hasSize(1);
            return records.getFirst();
        }
    }

    private static List<String> headers(ConsumerRecord<?, ?> record) {
        List<String> headers = new ArrayList<>();
        record.headers().forEach(header -> headers.add(header.key() + "=" + new String(header.value(), UTF_8)));
        return headers;
    }
}
