package io.eventlane.jetstream;

import static io.eventlane.jetstream.TestPublisher.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.brokers.NatsServer;
import io.eventlane.channel.KeyFailures;
import io.eventlane.jetstream.Sender.Way;
import io.eventlane.spi.OutboundException;
import io.nats.client.Connection;

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
    @CsvSource({ "false,k,orders", "true,k,orders.k", "true,'',orders.=" })
    void whenTheServerRefusesASubjectOfTheTopic_thenItsEventFailsSoon(boolean partitioned, String key, String subject) {
        Channels channel = Channels.to("orders");
        try (var frozen = new Frozen(partitioned ? channel.partitioned() : channel)) {
            var sent = frozen.out.send(key, "1");
            frozen.refuse("Publish to \"" + subject + '"');

            assertThat(failureOf(sent).reason()).isEqualTo(Reason.REJECTED);
            assertThat(failureOf(sent)).hasMessageContaining('"' + subject + '"');
        }
    }

    @Test
    void whenTheClientRefusesTheEvent_thenItHasFailedUnlessItMayBeStored() {
        assertThat(sentWith(new IllegalArgumentException("too long"), false))
                .returns(Reason.INVALID, OutboundException::reason).returns(Status.FAILED, OutboundException::status);
        assertThat(sentWith(new IllegalArgumentException("too long"), true))
                .returns(Reason.INVALID, OutboundException::reason).returns(Status.UNKNOWN, OutboundException::status);
    }

    @Test
    void whenTheClientFailsUnexpectedly_thenTheOutcomeIsUnknown() {
        assertThat(sentWith(new UnsupportedOperationException("why?"), false))
                .returns(Status.UNKNOWN, OutboundException::status).hasMessageContaining("why?");
        assertThat(sentWith(new StackOverflowError(), false)).returns(Status.UNKNOWN, OutboundException::status)
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }

    /** What becomes of an event when the client throws. */
    private static OutboundException sentWith(Throwable thrown, boolean maybeStored) {
        try (var out = new TestPublisher(NatsServer.shared().url(), Channels.to("thrown"))) {
            out.awaitReady();
            Sending sending = new Sending(new WireMessage("thrown", new byte[0], new byte[0]), null, new KeyFailures().now());
            sending.maybeStored = maybeStored;
            Connection connection = throwing(thrown, out.link.connection());

            out.channel.sender().send(sending, new Way(Session.of(connection), new ReplySubjects("inbox.", 0)));

            assertThat(sending).isDone();
            return failureOf(sending);
        }
    }

    private static Connection throwing(Throwable thrown, Connection connection) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] { Connection.class },
                (proxy, method, arguments) -> {
                    if (method.getName().equals("publish")) {
                        throw thrown;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
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
