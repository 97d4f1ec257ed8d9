package io.eventlane.jetstream;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsCluster;
import io.nats.client.api.Replica;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;

/** The bucket in which groups have their values, on three servers. */
@NeedsNats
@Tag("wide")
@Timeout(180)
class GroupBucketTest {

    private static final String STREAM = "KV_eventlane";

    private final AtomicInteger handled = new AtomicInteger();

    /** Whoever came first had a topic that has no replicas. */
    @Test
    void whenATopicsStreamHasMoreReplicasThanTheBucket_thenTheBucketIsGivenThemAndOutlivesItsLeader() throws Exception {
        try (NatsCluster cluster = NatsCluster.start(3); TestNats nats = new TestNats(cluster.urls())) {
            String single = nats.topic();
            try (var running = channel(cluster, single)) {
                nats.send(single, "key", "0");
                await().until(() -> handled.get() == 1);
            }
            String topic = TestNats.unique();
            nats.management().addStream(
                    StreamConfiguration.builder().name(topic).subjects(topic, topic + ".>").replicas(3).build());
            try (var running = channel(cluster, topic)) {
                running.awaitReady();
                await().ignoreExceptions().until(() -> hasAllReplicas(nats.management().getStreamInfo(STREAM)));

                cluster.node(nats.management().getStreamInfo(STREAM).getClusterInfo().getLeader()).kill();
                await().ignoreExceptions().until(() -> {
                    nats.send(topic, "key", "0");
                    return true;
                });
                await().until(() -> handled.get() == 2);
                running.awaitReady();
            }
        }
    }

    private TestIncoming.Running channel(NatsCluster cluster, String topic) {
        return new TestIncoming(cluster.node(1).url(), topic, (record, delivery) -> handled.incrementAndGet())
                .connection(settings -> ConnectionSettings.of("test", cluster.urls().split(","))).start();
    }

    private static boolean hasAllReplicas(StreamInfo bucket) {
        return bucket.getConfiguration().getReplicas() == 3
                && bucket.getClusterInfo().getReplicas().stream().filter(Replica::isCurrent).count() == 2;
    }
}
