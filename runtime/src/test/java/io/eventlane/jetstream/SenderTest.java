package io.eventlane.jetstream;

import static io.eventlane.jetstream.TestPublisher.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.PublishException.Reason;
import io.eventlane.brokers.NatsServer;

@NeedsNats
@Timeout(60)
class SenderTest {

    @ParameterizedTest
    @ValueSource(strings = { "Publish to \"ticks\"", "Publish to \"orders.eu\"", "Publish to \"orders2\"",
            "Publish to \"my.orders\"", "Subscription to \"_INBOX.orders\"" })
    void whenTheServerRefusesAnotherSubject_thenNothingIsHeldBack(String what) {
        try (var frozen = new Frozen(Channels.to("orders"))) {
            frozen.out.send("k", "1");
            frozen.refuse(what);
            frozen.out.send("k", "2");

            await().atMost(Duration.ofSeconds(2)).until(() -> frozen.out.channel.sender().inFlight().all().size() == 2);
        }
    }

    @ParameterizedTest
    @CsvSource({ "false,k,orders", "true,k,orders.k", "true,,orders" })
    void whenTheServerRefusesASubjectOfTheTopic_thenItsEventFailsSoon(boolean partitioned, String key, String subject) {
        Channels channel = Channels.to("orders");
        try (var frozen = new Frozen(partitioned ? channel.partitioned() : channel)) {
            var sent = frozen.out.send(key, "1");
            frozen.refuse("Publish to \"" + subject + '"');

            assertThat(failureOf(sent).reason()).isEqualTo(Reason.REJECTED);
            assertThat(failureOf(sent)).hasMessageContaining('"' + subject + '"');
        }
    }

    /** A channel that is ready, whose server answers no more. */
    private static final class Frozen implements AutoCloseable {

        private final NatsServer server = NatsServer.start();
        private final TestPublisher out;

        Frozen(Channels channel) {
            String topic = channel.settings().topic();
            out = new TestPublisher(ConnectionSettings.of("test", server.url()), channel,
                    channel.settings().partitioned() ? Specs.of(topic).partitions(2).spec() : TopicSpec.of(topic));
            out.awaitReady();
            server.freeze();
        }

        void refuse(String what) {
            out.channel.sender().refused("Permissions Violation for " + what);
        }

        @Override
        public void close() {
            server.thaw();
            out.close();
            server.close();
        }
    }
}
