package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.nats.client.Connection;

@NeedsNats
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NatsServersTest {

    @Test
    void whenOneIsMissing_thenItsTestsAreSkipped_andInCiAnErrorSaysHowToGetIt() {
        assertThat(NatsServers.decide(true, "No nats-server", true)).isTrue();
        assertThat(NatsServers.decide(false, "No nats-server", false)).isFalse();
        assertThatThrownBy(() -> NatsServers.decide(false, "No nats-server 2.9", true))
                .isInstanceOf(IllegalStateException.class).hasMessageStartingWith("No nats-server 2.9 was found in ")
                .hasMessageContaining("brokers/nats-servers").hasMessageContaining("apt install nats-server");
    }

    @Test
    void whenNoReleaseIsAskedFor_thenTheStandardOneRuns() throws Exception {
        try (NatsServer server = NatsServer.start(); Connection client = NatsClients.connect(server.url())) {
            assertThat(client.getServerInfo().getVersion()).isEqualTo(NatsServers.standard().version());
        }
    }

    @Tag("wide")
    @ParameterizedTest
    @EnumSource
    void whenALineIsAskedFor_thenItsNewestRunsAndKeepsItsDataWhenKilled(NatsLine line) throws Exception {
        NatsClients.assumeHere(line);
        NatsRelease release = NatsServers.of(line);
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withRelease(release))) {
            try (Connection client = NatsClients.connect(server.url())) {
                assertThat(client.getServerInfo().getVersion()).isEqualTo(release.version());
                NatsClients.createStream(client, "orders", 1);
                client.jetStream().publish("orders", "one".getBytes());
            }

            server.restart();

            try (Connection client = NatsClients.connect(server.url())) {
                assertThat(NatsClients.read(client, "orders")).containsExactly("one");
            }
        }
    }
}
