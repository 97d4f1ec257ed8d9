package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KafkaBrokerTest {

    @Test
    void whenStarted_thenARecordComesBack() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(); var producer = producer(broker)) {
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();

            assertThat(read(broker, 1)).containsExactly("one");
        }
    }

    @Test
    void whenKilledAndRestarted_thenTheDataAreThereOnTheSamePort() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(); var producer = producer(broker)) {
            String servers = broker.bootstrapServers();
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();

            broker.kill();
            assertThat(broker.isRunning()).isFalse();
            broker.restart();
            producer.send(new ProducerRecord<>("orders", "k", "two")).get();

            assertThat(broker.bootstrapServers()).isEqualTo(servers);
            assertThat(read(broker, 2)).containsExactly("one", "two");
        }
    }

    @Test
    void whenFrozen_thenNothingAnswersUntilThawed() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(); var producer = producer(broker)) {
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();

            broker.freeze();
            Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("orders", "k", "two"));
            assertThatThrownBy(() -> sent.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            broker.thaw();

            assertThat(sent.get().offset()).isEqualTo(1);
        }
    }

    @Test
    void whenAPropertyAndPartitionsAreGiven_thenTheServerHasThem() throws Exception {
        var options = KafkaBrokerOptions.DEFAULTS.withPartitions(3).withProperty("message.max.bytes", 1000);
        try (KafkaBroker broker = KafkaBroker.start(options); var producer = producer(broker)) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("orders", "k", "x".repeat(2000))).get())
                    .isInstanceOf(ExecutionException.class).hasCauseInstanceOf(RecordTooLargeException.class);
            assertThat(producer.partitionsFor("orders")).hasSize(3);
        }
    }

    @Test
    void whenThePortIsTaken_thenTheErrorShowsTheLog() throws Exception {
        try (ServerSocket taken = new ServerSocket(FreePort.find(), 1, InetAddress.getLoopbackAddress())) {
            var options = KafkaBrokerOptions.DEFAULTS.withPort(taken.getLocalPort());

            assertThatThrownBy(() -> KafkaBroker.start(options))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("Address already in use");
        }
    }

    @Test
    void whenClosed_thenTheProcessAndItsTemporaryDataAreGone() {
        KafkaBroker broker = KafkaBroker.start();
        long pid = broker.pid();
        Path data = broker.logFile().getParent();

        broker.close();
        broker.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(Files.exists(data)).isFalse();
    }

    private static KafkaProducer<String, String> producer(KafkaBroker broker) {
        return new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
                new StringSerializer());
    }

    private static List<String> read(KafkaBroker broker, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("orders", 0)));
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(r -> values.add(r.value()));
            }
        }
        return values;
    }
}
