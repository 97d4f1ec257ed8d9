package io.eventlane.it.shutdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.eventlane.brokers.KafkaBroker;

/** SIGTERM while handlers run: the packaged application, a real broker, a real datasource. */
class ShutdownIT {

    private static final int PARTITIONS = 4;
    private static final int KEYS = 20;
    private static final int EVENTS = 600;
    private static final int SIGTERM = 128 + 15;

    static {
        // For a machine that has much else to do.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
    }

    @TempDir
    Path directory;

    private KafkaBroker broker;
    private Admin admin;

    @BeforeEach
    void startBroker() throws Exception {
        broker = KafkaBroker.start();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        admin.createTopics(List.of(new NewTopic("orders", PARTITIONS, (short) 1),
                new NewTopic("confirmations", PARTITIONS, (short) 1))).all().get();
    }

    @AfterEach
    void stopBroker() {
        admin.close();
        broker.close();
    }

    @Test
    void whenItIsStoppedUnderLoad_thenWhatWasStartedIsFinishedAndTheRestIsHandledOnceAfterwards() throws Exception {
        publishOrders();
        try (Shop shop = new Shop(broker.bootstrapServers(), directory)) {
            await().until(() -> shop.journal("end").size() >= 100);
            shop.hold();
            await().until(() -> shop.journal("held").size() >= 10);
            // What the check tells was seen up to a second ago.
            await().untilAsserted(() -> assertReady(shop));

            shop.terminate();
            await().until(() -> shop.get("/q/health/ready").statusCode() == 503);
            assertRequestsAreServed(shop);
            shop.release();

            assertThat(shop.awaitExit()).isEqualTo(SIGTERM);
            assertAllFinishedOnce(shop);
            assertThat(shop.journal("end")).hasSizeLessThan(EVENTS);
            assertThat(committed()).as("committed, per partition").isEqualTo(firstNotEnded(shop));
        }
        try (Shop again = new Shop(broker.bootstrapServers(), directory)) {
            await().until(() -> again.journal("end").size() >= EVENTS);
            again.terminate();
            again.awaitExit();

            assertAllFinishedOnce(again);
            assertThat(again.journal("end")).hasSize(EVENTS);
            assertThat(committed()).isEqualTo(endOffsets("orders"));
            assertThat(endOffsets("confirmations").values().stream().mapToLong(Long::longValue).sum()).isEqualTo(EVENTS);
        }
    }

    private static void assertReady(Shop shop) throws IOException, InterruptedException {
        HttpResponse<String> ready = shop.get("/q/health/ready");
        assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
    }

    private static void assertRequestsAreServed(Shop shop) throws IOException, InterruptedException {
        HttpResponse<String> ready = shop.get("/q/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("Eventlane - readiness check", "shutting down since ");
        assertThat(shop.get("/q/health/live").statusCode()).isEqualTo(200);
        assertThat(shop.journal("end")).doesNotContainAnyElementsOf(shop.journal("held"));
    }

    private static void assertAllFinishedOnce(Shop shop) throws IOException {
        assertThat(shop.journal("failed")).isEmpty();
        assertThat(shop.journal("start")).doesNotHaveDuplicates();
        assertThat(shop.journal("end")).containsExactlyInAnyOrderElementsOf(shop.journal("start"));
    }

    private void publishOrders() {
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < EVENTS; i++) {
                producer.send(new ProducerRecord<>("orders", "key-" + i % KEYS, "order-" + i));
            }
        }
    }

    private Map<Integer, Long> committed() throws Exception {
        Map<Integer, Long> committed = new TreeMap<>();
        admin.listConsumerGroupOffsets("shop").partitionsToOffsetAndMetadata().get()
                .forEach((partition, offset) -> committed.put(partition.partition(), offset.offset()));
        return committed;
    }

    private Map<Integer, Long> endOffsets(String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            all.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new TreeMap<>();
        admin.listOffsets(all).all().get().forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        return ends;
    }

    /** The first offset of each partition whose event has not ended: some keys may be ahead of others. */
    private static Map<Integer, Long> firstNotEnded(Shop shop) throws IOException {
        Set<String> ended = Set.copyOf(shop.journal("end"));
        Map<Integer, Long> first = new TreeMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            long offset = 0;
            while (ended.contains("orders-" + partition + "@" + offset)) {
                offset++;
            }
            first.put(partition, offset);
        }
        return first;
    }
}
