package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.eventlane.brokers.NatsLine;
import io.eventlane.brokers.NatsRelease;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.eventlane.brokers.NatsServers;
import io.eventlane.jetstream.StreamSettings.Compression;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.nats.client.api.CompressionOption;

/** Servers differ in what they are able to do, and older ones leave out silently what they do not know. */
@NeedsNats
@Timeout(60)
class StreamReleasesTest {

    @ParameterizedTest
    @MethodSource("io.eventlane.brokers.NatsServers#all")
    void whenAStreamIsCreated_thenTheSameConfigurationFindsItAsItWants(NatsRelease release) {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withRelease(release));
                TestLink link = TestLink.to(server)) {
            TopicSpec spec = Specs.of("orders").everything().onMismatch(OnMismatch.FAIL).spec();

            link.streams(spec).ensure("orders").toCompletableFuture().join();
            link.streams(spec).ensure("orders").toCompletableFuture().join();
        }
    }

    @Test
    @EnabledIf("hasOldest")
    void whenTheServerIsTooOld_thenTheErrorNamesTheVersionThatIsNeededAndTheOneThatIsThere() throws Exception {
        NatsRelease release = NatsServers.of(NatsLine.OLDEST);
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withRelease(release));
                TestLink link = TestLink.to(server)) {
            assertRefused(link, Specs.of("orders").partitions(4).spec(),
                    "quarkus.eventlane.topic.orders.partitions=4 takes a server of version 2.10, and this one has "
                            + release.version());
            assertRefused(link, Specs.of("orders").compression(Compression.S2).spec(),
                    "quarkus.eventlane.topic.orders.compression=s2 takes a server of version 2.10");
            assertRefused(link, Specs.of("orders").maxSize(1 << 20).spec(),
                    "quarkus.eventlane.topic.orders.max-size without losing events takes a server of version 2.10");
            assertThat(link.management().getStreamNames()).isEmpty();

            link.streams(Specs.of("orders").maxMessages(3).spec()).ensure("orders").toCompletableFuture().join();
        }
    }

    @Test
    void whenTheServerIsNewEnough_thenItsFilesAreCompressed() throws Exception {
        try (TestLink link = TestLink.to(NatsServer.shared())) {
            link.streams(Specs.of("compressed").compression(Compression.S2).spec()).ensure("compressed").toCompletableFuture()
                    .join();

            assertThat(link.management().getStreamInfo("compressed").getConfiguration().getCompressionOption())
                    .isEqualTo(CompressionOption.S2);
        }
    }

    static boolean hasOldest() {
        return NatsServers.has(NatsLine.OLDEST);
    }

    private static void assertRefused(TestLink link, TopicSpec spec, String message) {
        assertThatThrownBy(() -> link.streams(spec).ensure("orders").toCompletableFuture().join()).cause()
                .hasMessageContaining(message);
    }
}
