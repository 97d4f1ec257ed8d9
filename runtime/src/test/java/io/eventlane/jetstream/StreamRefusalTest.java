package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;

/** Servers that do not let the application have its stream. */
@NeedsNats
@Timeout(60)
class StreamRefusalTest {

    @Test
    void whenThereIsNoConnectionYet_thenThatPasses() {
        try (NatsServer server = NatsServer.start()) {
            server.kill();
            try (TestLink link = TestLink.open(ConnectionSettings.of("test", server.url()))) {
                assertThat(failure(link)).hasMessage(
                        "Topic orders: its stream 'orders' cannot be looked at, because there is no connection to NATS yet")
                        .returns(true, StreamException::isPassing);
            }
        }
    }

    @Test
    void whenTheConnectionIsLost_thenThatPasses() {
        try (NatsServer server = NatsServer.start(); TestLink link = TestLink.to(server)) {
            server.kill();
            link.awaitHeard("up", "down");

            assertThat(failure(link)).hasMessageContaining("because there is no connection to NATS")
                    .returns(true, StreamException::isPassing);
        }
    }

    @Test
    void whenJetStreamIsNotEnabled_thenTheErrorSaysSo() {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("jetstream", "false"));
                TestLink link = TestLink.to(server)) {
            assertThat(failure(link)).hasMessageContaining("nobody answers at $JS.API.: JetStream is not enabled")
                    .hasMessageContaining("quarkus.eventlane.topic.orders.persistence=ephemeral")
                    .returns(false, StreamException::isPassing);
        }
    }

    @Test
    void whenJetStreamIsNotEnabledForTheAccount_thenTheErrorSaysSo() {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS
                .withSetting("accounts", "{ A: { users: [ { user: a, password: b } ] } }"));
                TestLink link = TestLink.to(server,
                        settings -> Links.with(settings, new Authentication.UserPassword("a", "b")))) {
            link.awaitHeard("up");

            assertThat(failure(link)).hasMessageContaining("JetStream is not enabled").returns(false,
                    StreamException::isPassing);
        }
    }

    @Test
    void whenTheUserMayNotAskForStreams_thenTheErrorNamesThePermissionAndTheWayOut() {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("authorization",
                "{ users: [ { user: a, password: b, permissions: { publish: [ \"orders\" ] } } ] }"));
                TestLink link = limited(server)) {
            link.awaitHeard("up");
            long start = System.nanoTime();

            assertThat(failure(link))
                    .hasMessageContaining("Permissions Violation for Publish to \"$JS.API.STREAM.INFO.orders\"")
                    .hasMessageEndingWith("see to the stream yourself and set quarkus.eventlane.topic.orders.strategy=skip")
                    .returns(false, StreamException::isPassing);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as("the request timeout").isLessThan(Duration.ofSeconds(3));
            assertThat(link.heard()).contains("Permissions Violation for Publish to \"$JS.API.STREAM.INFO.orders\"");
        }
    }

    @Test
    void whenTheUserMayNotHearAnswers_thenTheErrorNamesThePrefixToChange() {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("authorization",
                "{ users: [ { user: a, password: b, permissions: { subscribe: [ \"_INBOX_a.>\" ] } } ] }"));
                TestLink link = limited(server)) {
            link.awaitHeard("up");

            assertThat(failure(link))
                    .hasMessageContaining("hears no answers: Permissions Violation for Subscription to \"_INBOX.")
                    .hasMessageEndingWith("quarkus.eventlane.jetstream.inbox-prefix to what is allowed");
        }
    }

    @Test
    void whenTheAccountHasNoRoom_thenTheErrorSaysSo() {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withStoreLimits(1 << 20, 1 << 20));
                TestLink link = TestLink.to(server)) {
            assertThat(failure(link, Specs.of("orders").maxSize(1 << 30).spec()))
                    .hasMessageContaining("insufficient storage resources available").hasMessageContaining("Raise the limits");
        }
    }

    private static TestLink limited(NatsServer server) {
        return TestLink.to(server, settings -> Links.with(Links.withRequestTimeout(settings, Duration.ofMillis(500)),
                new Authentication.UserPassword("a", "b")));
    }

    private static StreamException failure(TestLink link, TopicSpec... specs) {
        Throwable[] failure = new Throwable[1];
        assertThatThrownBy(() -> link.streams(specs).ensure("orders").toCompletableFuture().join())
                .isInstanceOf(CompletionException.class).satisfies(thrown -> failure[0] = thrown.getCause());
        return (StreamException) failure[0];
    }
}
