package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.api.PublishAck;

@NeedsNats
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NatsServerTest {

    @Test
    void whenStarted_thenAMessageComesBack() throws Exception {
        try (NatsServer server = NatsServer.start(); Connection client = NatsClients.connect(server.url())) {
            NatsClients.createStream(client, "orders", 1);
            client.jetStream().publish("orders", "one".getBytes());

            assertThat(NatsClients.read(client, "orders")).containsExactly("one");
        }
    }

    @Test
    void whenKilledAndRestarted_thenTheDataAreThereOnTheSamePort() throws Exception {
        try (NatsServer server = NatsServer.start(); Connection client = NatsClients.connect(server.url())) {
            String url = server.url();
            NatsClients.createStream(client, "orders", 1);
            client.jetStream().publish("orders", "one".getBytes());

            server.kill();
            assertThat(server.isRunning()).isFalse();
            server.restart();

            assertThat(server.url()).isEqualTo(url);
            await().until(() -> client.getStatus() == Connection.Status.CONNECTED);
            assertThat(NatsClients.read(client, "orders")).containsExactly("one");
        }
    }

    @Test
    void whenStopped_thenItEndsInAnOrderlyWay() throws Exception {
        try (NatsServer server = NatsServer.start()) {
            server.stop();
            server.stop();

            assertThat(server.isRunning()).isFalse();
            assertThat(server.logFile()).content().contains("Server Exiting");
        }
    }

    @Test
    void whenFrozen_thenNothingAnswersUntilThawed() throws Exception {
        try (NatsServer server = NatsServer.start(); Connection client = NatsClients.connect(server.url())) {
            NatsClients.createStream(client, "orders", 1);

            server.freeze();
            var sent = client.jetStream().publishAsync("orders", "one".getBytes());
            assertThatThrownBy(() -> sent.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            server.thaw();

            assertThat(sent.get()).extracting(PublishAck::getSeqno).isEqualTo(1L);
        }
    }

    @Test
    void whenTheServerIsALameDuck_thenClientsHearOfItAndNewOnesAreRefused() throws Exception {
        NatsEvents events = new NatsEvents();
        try (NatsServer server = NatsServer.start();
                Connection client = NatsClients.connect(server.url(), options -> options.connectionListener(events))) {
            server.lameDuck();

            await().until(() -> events.seen().contains(Events.LAME_DUCK));
            assertThatThrownBy(() -> NatsClients.connect(server.url())).isInstanceOf(IOException.class);
            assertThat(server.isRunning()).isTrue();
        }
    }

    @Test
    void whenThePortIsTaken_thenTheErrorShowsTheLog() throws Exception {
        try (ServerSocket taken = new ServerSocket(FreePort.find(), 1, InetAddress.getLoopbackAddress())) {
            var options = NatsServerOptions.DEFAULTS.withPort(taken.getLocalPort());

            assertThatThrownBy(() -> NatsServer.start(options))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("address already in use");
        }
    }

    @Test
    void whenClosed_thenTheProcessAndItsTemporaryDataAreGone() {
        NatsServer server = NatsServer.start();
        long pid = server.pid();
        Path data = server.logFile().getParent();

        server.close();
        server.close();

        assertThat(ProcessHandle.of(pid)).isEmpty();
        assertThat(Files.exists(data)).isFalse();
    }
}
