package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

@NeedsNats
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NatsServerOptionsTest {

    @TempDir
    Path directory;

    @Test
    void whenASettingIsGiven_thenTheServerHasIt() throws Exception {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("max_payload", 4096));
                Connection client = NatsClients.connect(server.url())) {
            assertThat(client.getServerInfo().getMaxPayload()).isEqualTo(4096);
        }
    }

    @Test
    void whenTheStoreIsLimited_thenALargerStreamIsRefused() throws Exception {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withStoreLimits(1 << 16, 1 << 20));
                Connection client = NatsClients.connect(server.url())) {
            assertRefused(client, StorageType.Memory, 1 << 17);
            assertRefused(client, StorageType.File, 1 << 21);
        }
    }

    @Test
    void whenEveryMessageIsSynced_thenTheServerSaysSo() throws Exception {
        assumeThat(NatsServers.standard().isAtLeast("2.10")).as("the server has that setting").isTrue();
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withSyncInterval(Duration.ZERO));
                InputStream config = URI.create(server.monitoringUrl() + "/jsz?config=1").toURL().openStream()) {
            assertThat(new String(config.readAllBytes(), StandardCharsets.UTF_8)).contains("\"sync_always\": true");
        }
    }

    @Test
    void whenADirectoryIsGiven_thenItsDataOutliveTheServer() throws Exception {
        var options = NatsServerOptions.DEFAULTS.withDirectory(directory);
        try (NatsServer server = NatsServer.start(options); Connection client = NatsClients.connect(server.url())) {
            NatsClients.createStream(client, "orders", 1);
            client.jetStream().publish("orders", "one".getBytes());
        }

        try (NatsServer server = NatsServer.start(options); Connection client = NatsClients.connect(server.url())) {
            assertThat(NatsClients.read(client, "orders")).containsExactly("one");
        }
    }

    @Test
    void whenASettingIsWrong_thenTheErrorShowsTheLog() {
        assertThatThrownBy(() -> NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("max_paylod", 4096)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("max_paylod");
    }

    private static void assertRefused(Connection client, StorageType storage, long bytes) {
        assertThatThrownBy(() -> client.jetStreamManagement().addStream(StreamConfiguration.builder().name("large")
                .storageType(storage).maxBytes(bytes).build())).isInstanceOf(JetStreamApiException.class);
    }
}
