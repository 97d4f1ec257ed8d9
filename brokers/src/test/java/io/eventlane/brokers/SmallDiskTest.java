package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SmallDiskTest {

    private static final long MEGABYTE = 1 << 20;

    @BeforeEach
    void needsRoot() {
        assumeThat(SmallDisk.isSupported()).as("this process may mount a disk").isTrue();
    }

    @Test
    void whenFilled_thenNothingFitsUntilFreed() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(MEGABYTE)) {
            Path file = disk.directory().resolve("file");
            disk.fill();
            assertThat(disk.freeBytes()).isZero();
            assertThatThrownBy(() -> Files.write(file, new byte[1])).isInstanceOf(IOException.class);

            disk.free();

            assertThat(Files.write(file, new byte[1])).hasSize(1);
        }
    }

    @Test
    void whenClosed_thenTheDirectoryIsGone() {
        SmallDisk disk = SmallDisk.mount(MEGABYTE);
        disk.close();
        disk.close();

        assertThat(disk.directory()).doesNotExist();
    }

    /** Kafka's only data directory goes offline with the first record that does not fit, and the broker ends itself. */
    @Test
    @Tag("wide")
    void whenTheDiskOfABrokerIsFull_thenItEnds_andServesItsDataOnceThereIsSpace() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(64 * MEGABYTE);
                KafkaBroker broker = KafkaBroker.start(onDisk(disk));
                var producer = Records.producer(broker.bootstrapServers(), Map.of("delivery.timeout.ms", 5000,
                        "request.timeout.ms", 4000, "batch.size", 0))) {
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();

            disk.fill();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("orders", "k", "x".repeat(100_000))).get())
                    .isInstanceOf(ExecutionException.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> !broker.isRunning());
            assertThat(broker.logFile()).content().contains("No space left on device");
            disk.free();
            broker.restart();
            producer.send(new ProducerRecord<>("orders", "k", "two")).get();

            assertThat(Records.read(broker.bootstrapServers(), "orders", 2)).containsExactly("one", "two");
        }
    }

    /** Up to 2.9 JetStream ends, 2.10 refuses what does not fit, and later the stream takes nothing more until a restart. */
    @Tag("wide")
    @ParameterizedTest
    @EnumSource
    void whenTheDiskOfANatsServerIsFull_thenAMessageIsNotTaken_andTheDataAreThereOnceThereIsSpace(NatsLine line)
            throws Exception {
        NatsClients.assumeHere(line);
        try (SmallDisk disk = SmallDisk.mount(32 * MEGABYTE);
                NatsServer server = NatsServer.start(onDisk(disk, NatsServers.of(line)));
                Connection client = NatsClients.connect(server.url())) {
            NatsClients.createStream(client, "orders", 1);
            client.jetStream().publish("orders", "one".getBytes());

            disk.fill();
            assertThatThrownBy(() -> client.jetStream().publish("orders", new byte[100_000]))
                    .isInstanceOfAny(IOException.class, JetStreamApiException.class);
            disk.free();
            server.restart();

            await().ignoreExceptions().until(() -> client.jetStream().publish("orders", "two".getBytes()).getSeqno() > 1);
            assertThat(NatsClients.read(client, "orders")).startsWith("one", "two");
        }
    }

    private static KafkaBrokerOptions onDisk(SmallDisk disk) {
        return KafkaBrokerOptions.DEFAULTS.withProperty("log.dirs", disk.directory().resolve("data"));
    }

    private static NatsServerOptions onDisk(SmallDisk disk, NatsRelease release) {
        return NatsServerOptions.DEFAULTS.withRelease(release)
                .withJetStream("store_dir", NatsServerOptions.quoted(disk.directory().toString()));
    }
}
