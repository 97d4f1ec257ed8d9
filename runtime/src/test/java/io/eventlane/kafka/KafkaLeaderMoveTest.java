package io.eventlane.kafka;

import static io.eventlane.kafka.KafkaTestBroker.get;
import static org.awaitility.Awaitility.await;

import java.util.List;

import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.KafkaCluster;

@Tag("wide")
class KafkaLeaderMoveTest {

    @Test
    void whenTheLeaderOfAPartitionDiesAgainAndAgain_thenConsumptionGoesOnInOrder() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(3);
                KafkaTestBroker broker = new KafkaTestBroker(cluster.bootstrapServers())) {
            String topic = broker.topic(2, 3);
            try (SteadyFlow flow = new SteadyFlow(broker, topic, (record, delivery) -> Thread.sleep(2))) {
                for (int i = 0; i < 3; i++) {
                    flow.awaitMore(300);
                    KafkaBroker leader = cluster.node(describe(broker, topic).partitions().getFirst().leader().id());
                    leader.kill();
                    flow.awaitMore(500);
                    leader.restart();
                    await().atMost(SteadyFlow.PATIENCE).until(() -> describe(broker, topic).partitions().stream()
                            .allMatch(partition -> partition.isr().size() == 3));
                }
                flow.finishInOrder(2);
            }
        }
    }

    private static TopicDescription describe(KafkaTestBroker broker, String topic) {
        return get(broker.admin().describeTopics(List.of(topic)).allTopicNames()).get(topic);
    }
}
