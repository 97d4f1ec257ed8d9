package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsCluster;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.nats.client.api.StreamConfiguration;

/** Instances that start at the same moment on three servers that have nothing yet. */
@NeedsNats
@Tag("wide")
@Timeout(180)
class EmptyClusterTest {

    private static final int INSTANCES = 9;
    /** A stream that is given replicas has no leader for a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private NatsCluster cluster;
    private List<TestLink> links;

    @BeforeEach
    void start() {
        cluster = NatsCluster.start(3);
        links = IntStream.range(0, INSTANCES).mapToObj(i -> TestLink.to(cluster.node(1 + i % 3))).toList();
    }

    @AfterEach
    void stop() {
        links.forEach(TestLink::close);
        cluster.close();
    }

    @Test
    void whenTheyShareAStream_thenAllOfThemHaveIt() throws Exception {
        for (int round = 0; round < 3; round++) {
            String stream = "shop" + round;
            List<TopicSpec> topics = IntStream.range(0, 5)
                    .mapToObj(i -> Specs.of(stream + ".topic" + i).replicas(3).stream(stream)).map(Specs::spec).toList();

            together(i -> ensure(links.get(i).streams(shuffled(topics)), topics.get(i % 5).topic()));

            assertThat(links.getFirst().management().getStreamInfo(stream).getConfiguration().getSubjects()).hasSize(10);
        }
    }

    /** Who was undone by somebody who took long sees it at the next look. */
    @Test
    void whenTheyAreConfiguredDifferently_thenTheStreamIsAsTheyAreConfigured() throws Exception {
        for (int round = 0; round < 3; round++) {
            String stream = "shop" + round;

            together(i -> ensure(streams(i, stream), stream + ".topic" + i));
            for (int i = 0; i < INSTANCES; i++) {
                ensure(streams(i, stream), stream + ".topic" + i);
            }

            StreamConfiguration made = links.getFirst().management().getStreamInfo(stream).getConfiguration();
            assertThat(made.getMaxMsgs()).as("round %d", round).isEqualTo(7);
            assertThat(made.getSubjects()).as("round %d", round).hasSize(2 * INSTANCES);
        }
    }

    private Streams streams(int instance, String stream) {
        return links.get(instance)
                .streams(specOf(instance, stream).stream(stream).strategy(Strategy.CREATE_OR_UPDATE).spec());
    }

    private static Specs specOf(int instance, String stream) {
        Specs spec = Specs.of(stream + ".topic" + instance);
        return instance == 0 ? spec.maxMessages(7) : spec;
    }

    @Test
    void whenTheyNeedABucketWithDifferentReplicas_thenItHasTheMost() throws Exception {
        together(i -> provide(i, i % 3 == 2 ? 3 : 1));
        // As with the next beat.
        provide(2, 3);

        await().atMost(PATIENCE).ignoreExceptions()
                .until(() -> links.getFirst().connection().keyValueManagement().getStatus(GroupBucket.NAME)
                        .getReplicas() == 3);
    }

    /** Whoever publishes or consumes tries again what may pass, such as that a stream has no leader yet. */
    private static void ensure(Streams streams, String topic) {
        await().atMost(PATIENCE).until(() -> {
            try {
                streams.ensure(topic).toCompletableFuture().join();
                return true;
            } catch (CompletionException e) {
                if (e.getCause() instanceof StreamException failure && failure.isPassing()) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** The keeper of groups tries again too. */
    private void provide(int instance, int replicas) {
        SourceTopic topic = SourceTopic.of("topic", TopicSpecs.of(List.of(Specs.of("topic").replicas(replicas).spec())));
        GroupBucket bucket = new GroupBucket(links.get(instance).link);
        await().atMost(PATIENCE).until(() -> {
            try {
                bucket.of(topic, links.get(instance).connection());
                return true;
            } catch (IOException noAnswer) {
                return false;
            }
        });
    }

    private static TopicSpec[] shuffled(List<TopicSpec> topics) {
        List<TopicSpec> shuffled = new ArrayList<>(topics);
        Collections.shuffle(shuffled);
        return shuffled.toArray(TopicSpec[]::new);
    }

    private interface Instance {
        void start(int instance) throws Exception;
    }

    private static void together(Instance instance) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(INSTANCES);
        try (ExecutorService threads = Executors.newFixedThreadPool(INSTANCES)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                int number = i;
                Callable<Integer> start = () -> {
                    barrier.await();
                    instance.start(number);
                    return number;
                };
                all.add(threads.submit(start));
            }
            for (Future<Integer> one : all) {
                one.get();
            }
        }
    }
}
