package io.eventlane.jetstream;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.eventlane.brokers.NatsCluster;
import io.eventlane.brokers.NatsRelease;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.eventlane.brokers.NatsServers;
import io.nats.client.api.StreamInfo;

/** A stream of three replicas whose leader goes, in several ways, while events are published. */
@NeedsNats
@Tag("wide")
@Timeout(300)
class JetStreamOutboundClusterTest {

    private static final int TROUBLES = 5;
    /** Each may take as long as an election. */
    private static final int FREEZES = 2;

    @ParameterizedTest
    @MethodSource("io.eventlane.brokers.NatsServers#all")
    void whenLeadersStepDown_thenWhatIsToldIsWhatIsStored(NatsRelease release) throws Exception {
        underLoad(release, TROUBLES, PublishLoad::assertIsWhatWasTold,
                (cluster, management) -> management.connection().request("$JS.API.STREAM.LEADER.STEPDOWN.orders",
                        null, Duration.ofSeconds(2)));
    }

    @ParameterizedTest
    @MethodSource("io.eventlane.brokers.NatsServers#all")
    void whenLeadersAreKilled_thenWhatIsToldIsWhatIsStored(NatsRelease release) throws Exception {
        underLoad(release, TROUBLES, PublishLoad::assertIsWhatWasTold, (cluster, management) -> {
            NatsServer leader = leader(cluster, management);
            leader.kill();
            leader.restart();
        });
    }

    /**
     * After a leader was frozen, a replica of 2.9.10 once lacked an event that was acknowledged: that is not for a client to
     * mend.
     */
    static Stream<NatsRelease> releasesThatKeepEvents() {
        return NatsServers.all().stream().filter(release -> !release.version().startsWith("2.9."));
    }

    @ParameterizedTest
    @MethodSource("releasesThatKeepEvents")
    void whenLeadersAreFrozen_thenWhatIsToldIsWhatIsStored(NatsRelease release) throws Exception {
        underLoad(release, FREEZES, PublishLoad::assertKnownIsWhatWasTold, (cluster, management) -> {
            NatsServer leader = leader(cluster, management);
            leader.freeze();
            await().pollDelay(Duration.ofSeconds(new Random().nextInt(8))).until(() -> true);
            leader.thaw();
        });
    }

    private interface Trouble {
        void make(NatsCluster cluster, TestLink management) throws Exception;
    }

    private static void underLoad(NatsRelease release, int troubles, BiConsumer<PublishLoad, StreamContent> check,
            Trouble trouble)
            throws Exception {
        TopicSpec topic = Specs.of("orders").replicas(3).spec();
        try (NatsCluster cluster = NatsCluster.start(NatsServerOptions.DEFAULTS.withRelease(release), 3);
                TestLink management = TestLink.open(ConnectionSettings.of("management", cluster.urls().split(",")));
                var out = new TestPublisher(cluster.urls(),
                        Channels.to("orders").timeouts(Duration.ofSeconds(5), Duration.ofSeconds(60)), topic)) {
            PublishLoad load = PublishLoad.start(out, 2, 5, 5_000);
            for (int i = 1; i <= troubles; i++) {
                int more = load.stored() + 3_000;
                await().atMost(Duration.ofMinutes(1)).until(() -> load.stored() > more);
                trouble.make(cluster, management);
            }
            load.end();
            System.out.printf("%s: %d events, %d stored%n", release.version(), load.size(), load.stored());
            load.failures().forEach((what, times) -> System.out.printf("  %d x %s%n", times, what));
            check.accept(load, StreamContent.of(cluster.urls(), "orders"));
        }
    }

    private static NatsServer leader(NatsCluster cluster, TestLink management) {
        return await().ignoreExceptions().until(() -> {
            StreamInfo info = management.management().getStreamInfo("orders");
            String name = info.getClusterInfo().getLeader();
            return name == null ? null : cluster.node(name);
        }, leader -> leader != null);
    }
}
