package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("wide")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KafkaClusterTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @Test
    void whenTheLeaderIsKilled_thenAnotherTakesOverAndTheNodeCatchesUp() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(3);
                var producer = Records.producer(cluster.bootstrapServers());
                Admin admin = admin(cluster)) {
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();
            assertThat(partition(admin, "orders").replicas()).extracting(Node::id).containsExactlyInAnyOrder(1, 2, 3);
            await().atMost(LONG_ENOUGH).until(() -> inSync(admin) == 3);
            int leader = partition(admin, "orders").leader().id();

            cluster.node(leader).kill();
            producer.send(new ProducerRecord<>("orders", "k", "two")).get();
            assertThat(partition(admin, "orders").leader().id()).isNotEqualTo(leader);
            assertThat(inSync(admin)).isEqualTo(2);
            cluster.node(leader).restart();

            await().atMost(LONG_ENOUGH).until(() -> inSync(admin) == 3);
            assertThat(Records.read(cluster.bootstrapServers(), "orders", 2)).containsExactly("one", "two");
        }
    }

    @Test
    void whenTwoNodesAreFrozen_thenNothingIsAcceptedUntilTheyAreThawed() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(3); var producer = Records.producer(cluster.bootstrapServers())) {
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();

            cluster.node(1).freeze();
            cluster.node(2).freeze();
            var sent = producer.send(new ProducerRecord<>("orders", "k", "two"));
            assertThatThrownBy(() -> sent.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            cluster.node(1).thaw();
            cluster.node(2).thaw();

            assertThat(sent.get().offset()).isEqualTo(1);
        }
    }

    @Test
    void whenAllAreKilledAndRestarted_thenTheDataAreThere() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(3); var producer = Records.producer(cluster.bootstrapServers())) {
            producer.send(new ProducerRecord<>("orders", "k", "one")).get();

            cluster.node(1).kill();
            cluster.node(2).kill();
            cluster.node(3).kill();
            cluster.restart();

            assertThat(Records.read(cluster.bootstrapServers(), "orders", 1)).containsExactly("one");
        }
    }

    @Test
    void whenStarted_thenInternalTopicsHaveThreeReplicas_andWhenClosed_thenNothingIsLeft() throws Exception {
        KafkaCluster cluster = KafkaCluster.start(KafkaBrokerOptions.DEFAULTS.withPartitions(2), 3);
        List<Long> pids = List.of(cluster.node(1).pid(), cluster.node(2).pid(), cluster.node(3).pid());
        Path data = cluster.node(1).logFile().getParent().getParent();
        try (cluster; Admin admin = admin(cluster)) {
            var config = new ConfigResource(ConfigResource.Type.BROKER, "2");
            var settings = admin.describeConfigs(List.of(config)).all().get().get(config);
            assertThat(settings.get("offsets.topic.replication.factor").value()).isEqualTo("3");
            assertThat(settings.get("transaction.state.log.replication.factor").value()).isEqualTo("3");
            assertThat(settings.get("min.insync.replicas").value()).isEqualTo("2");
            assertThat(settings.get("num.partitions").value()).isEqualTo("2");
        }

        assertThat(pids).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
        assertThat(Files.exists(data)).isFalse();
    }

    private static int inSync(Admin admin) throws Exception {
        return partition(admin, "orders").isr().size();
    }

    private static TopicPartitionInfo partition(Admin admin, String topic) throws Exception {
        TopicDescription description = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        return description.partitions().get(0);
    }

    private static Admin admin(KafkaCluster cluster) {
        return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }
}
