package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KafkaBrokerTest {

    @Test
    void whenStarted_thenARecordComesBack() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(); var producer = Records.producer(broker.bootstrapServers())) {
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();

            assertThat(Records.read(broker.bootstrapServers(), "orders", 1)).containsExactly("one");
        }
    }

    @Test
    void whenKilledAndRestarted_thenTheDataAreThereOnTheSamePort() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(); var producer = Records.producer(broker.bootstrapServers())) {
            String servers = broker.bootstrapServers();
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();

            broker.kill();
            assertThat(broker.isRunning()).isFalse();
            broker.restart();
            producer.send(new ProducerRecord<>("orders", "k", "two")).get();

            assertThat(broker.bootstrapServers()).isEqualTo(servers);
            assertThat(Records.read(broker.bootstrapServers(), "orders", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void whenFrozen_thenNothingAnswersUntilThawed() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(); var producer = Records.producer(broker.bootstrapServers())) {
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
        try (KafkaBroker broker = KafkaBroker.start(options); var producer = Records.producer(broker.bootstrapServers())) {
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
}
