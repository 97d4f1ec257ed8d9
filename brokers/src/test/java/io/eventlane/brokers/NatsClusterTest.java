package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.nats.client.Connection;
import io.nats.client.api.ClusterInfo;
import io.nats.client.api.Replica;

@Tag("wide")
@NeedsNats
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NatsClusterTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource
    void whenTheLeaderIsKilled_thenAnotherTakesOverAndTheNodeCatchesUp(NatsLine line) throws Exception {
        NatsClients.assumeHere(line);
        var options = NatsServerOptions.DEFAULTS.withRelease(NatsServers.of(line));
        try (NatsCluster cluster = NatsCluster.start(options, 3); Connection client = NatsClients.connect(cluster.urls())) {
            NatsClients.createStream(client, "orders", 3);
            client.jetStream().publish("orders", "one".getBytes());
            String leader = info(client).getLeader();

            cluster.node(leader).kill();
            await().atMost(LONG_ENOUGH).ignoreExceptions()
                    .until(() -> info(client).getLeader(), other -> other != null && !other.equals(leader));
            await().atMost(LONG_ENOUGH).ignoreExceptions()
                    .until(() -> client.jetStream().publish("orders", "two".getBytes()).getSeqno() >= 2);
            cluster.node(leader).restart();

            await().atMost(LONG_ENOUGH).ignoreExceptions()
                    .until(() -> info(client).getReplicas().stream().allMatch(Replica::isCurrent));
            assertThat(NatsClients.read(client, "orders")).startsWith("one", "two");
        }
    }

    @Test
    void whenTwoNodesAreFrozen_thenNothingIsAcceptedUntilTheyAreThawed() throws Exception {
        try (NatsCluster cluster = NatsCluster.start(3); Connection client = NatsClients.connect(cluster.node(3).url())) {
            NatsClients.createStream(client, "orders", 3);

            cluster.node(1).freeze();
            cluster.node(2).freeze();
            var sent = client.jetStream().publishAsync("orders", "one".getBytes());
            assertThatThrownBy(() -> sent.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            cluster.node(1).thaw();
            cluster.node(2).thaw();

            await().atMost(LONG_ENOUGH).ignoreExceptions()
                    .until(() -> client.jetStream().publish("orders", "two".getBytes()).getSeqno() >= 1);
        }
    }

    @Test
    void whenAllAreKilledAndRestarted_thenTheDataAreThere() throws Exception {
        try (NatsCluster cluster = NatsCluster.start(3); Connection client = NatsClients.connect(cluster.urls())) {
            NatsClients.createStream(client, "orders", 3);
            client.jetStream().publish("orders", "one".getBytes());

            cluster.node(1).kill();
            cluster.node(2).kill();
            cluster.node(3).kill();
            cluster.restart();

            await().atMost(LONG_ENOUGH).ignoreExceptions()
                    .untilAsserted(() -> assertThat(NatsClients.read(client, "orders")).containsExactly("one"));
        }
    }

    @Test
    void whenAClientConnects_thenItLearnsOfNoOtherNode() throws Exception {
        try (NatsCluster cluster = NatsCluster.start(3); Connection client = NatsClients.connect(cluster.node(1).url())) {
            assertThat(client.getServers()).containsExactly(cluster.node(1).url());
        }
    }

    @Test
    void whenClosed_thenNothingIsLeft() {
        NatsCluster cluster = NatsCluster.start(3);
        List<Long> pids = List.of(cluster.node(1).pid(), cluster.node(2).pid(), cluster.node(3).pid());
        Path data = cluster.node(1).logFile().getParent().getParent();

        cluster.close();
        cluster.close();

        assertThat(pids).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
        assertThat(Files.exists(data)).isFalse();
    }

    private static ClusterInfo info(Connection client) throws Exception {
        return client.jetStreamManagement().getStreamInfo("orders").getClusterInfo();
    }
}
