package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.eventlane.engine.RetryPolicy;

/** What can be set of a connection does something. */
@NeedsNats
@Timeout(60)
class NatsLinkSettingsTest {

    @Test
    void whenAServerAcceptsAndIsSilent_thenTheNextOneIsTakenAfterTheConnectionTimeout() throws Exception {
        try (Silent silent = new Silent(0, false)) {
            ConnectionSettings settings = Links.withConnectionTimeout(
                    ConnectionSettings.of("test", silent.url(), NatsServer.shared().url()), Duration.ofMillis(300));
            for (int i = 0; i < 4; i++) {
                long start = System.nanoTime();
                try (TestLink link = TestLink.open(settings)) {
                    link.awaitHeard("up");
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
                }
            }
        }
    }

    @Test
    void whenPingsAreFrequent_thenASilentServerIsNoticedSoon() {
        try (NatsServer server = NatsServer.start();
                TestLink link = TestLink.to(server, settings -> Links.withPings(settings, Duration.ofMillis(100), 1))) {
            link.awaitHeard("up");
            server.freeze();
            long start = System.nanoTime();

            link.awaitHeard("up", "down");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            server.thaw();
            link.awaitHeard("up", "down", "up");
        }
    }

    @Test
    void whenADelayIsSet_thenAttemptsKeepIt() throws Exception {
        try (Silent refusing = new Silent(0, true)) {
            ConnectionSettings settings = withDelay(ConnectionSettings.of("test", refusing.url()), Duration.ofMillis(300));
            try (TestLink link = TestLink.open(settings)) {
                await().until(() -> refusing.attempts().size() >= 4);

                assertKept(refusing.attempts());
            }
        }
    }

    @Test
    void whenADelayIsSet_thenAttemptsAfterALossKeepItToo() throws Exception {
        NatsServer server = NatsServer.start();
        ConnectionSettings settings = withDelay(ConnectionSettings.of("test", server.url()), Duration.ofMillis(300));
        try (server; TestLink link = TestLink.open(settings)) {
            link.awaitHeard("up");
            server.kill();
            try (Silent refusing = new Silent(server.port(), true)) {
                await().until(() -> refusing.attempts().size() >= 5);

                // Before the first one, the delay is any up to the initial one.
                assertKept(refusing.attempts().subList(1, refusing.attempts().size()));
            }
        }
    }

    @Test
    void whenDiscoveredServersAreIgnored_thenOnlyTheGivenOneIsTried() {
        int routes = FreePort.find();
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withSetting("jetstream", "false");
        try (NatsServer one = NatsServer.start(options.withSetting("server_name", "one").withSetting("cluster",
                "{ name: c, listen: \"127.0.0.1:" + routes + "\" }"));
                NatsServer other = NatsServer.start(options.withSetting("server_name", "two").withSetting("cluster",
                        "{ name: c, listen: \"127.0.0.1:" + FreePort.find() + "\", routes: [ \"nats://127.0.0.1:" + routes
                                + "\" ] }"));
                TestLink ignoring = TestLink.to(one, Links::ignoringDiscovered);
                TestLink link = TestLink.to(one)) {
            ignoring.awaitHeard("up");
            await().until(() -> link.connection().getServers().size() == 2);
            one.kill();

            link.awaitHeard("up", "down", "up");
            assertThat(link.link.status().server()).startsWith("two");
            ignoring.awaitHeard("up", "down");
            assertThat(ignoring.connection().getServers()).hasSize(1);
            one.restart();
            ignoring.awaitHeard("up", "down", "up");
            assertThat(ignoring.link.status().server()).startsWith("one");
        }
    }

    @Test
    void whenAnInboxPrefixIsSet_thenAnswersComeThere() {
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withSetting("authorization",
                "{ users: [ { user: a, password: b, permissions: { subscribe: [ \"_INBOX_a.>\" ] } } ] }");
        try (NatsServer server = NatsServer.start(options);
                TestLink link = TestLink.to(server, settings -> Links.with(Links.withInboxPrefix(settings, "_INBOX_a"),
                        new Authentication.UserPassword("a", "b")))) {
            link.awaitHeard("up");

            link.streams().ensure("orders").toCompletableFuture().join();
        }
    }

    @Test
    void whenTheApiIsThatOfADomain_thenItIsAskedThere() throws Exception {
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withJetStream("domain", "hub");
        try (NatsServer server = NatsServer.start(options);
                TestLink link = TestLink.to(server, settings -> Links.withApiPrefix(settings, "$JS.hub.API"));
                TestLink lost = TestLink.to(server, settings -> Links.withApiPrefix(settings, "$JS.other.API"))) {
            link.awaitHeard("up");
            lost.awaitHeard("up");

            link.streams().ensure("orders").toCompletableFuture().join();
            assertThat(link.management().getStreamNames()).containsExactly("orders");
            assertThat(lost.streams().ensure("orders").toCompletableFuture()).failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat().havingCause().withMessageContaining("nobody answers at $JS.other.API.");
        }
    }

    private static ConnectionSettings withDelay(ConnectionSettings s, Duration delay) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), s.tls(), s.connectionTimeout(),
                new RetryPolicy(delay, delay, 0), s.pingInterval(), s.maxPingsOut(), s.inboxPrefix(),
                s.ignoreDiscoveredServers(), s.apiPrefix(), s.requestTimeout());
    }

    private static void assertKept(List<Long> attempts) {
        for (int i = 1; i < attempts.size(); i++) {
            assertThat(Duration.ofNanos(attempts.get(i) - attempts.get(i - 1))).isGreaterThan(Duration.ofMillis(250));
        }
    }

    /** Takes connections and says nothing, or ends them at once. */
    private static final class Silent implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket();
        private final List<Long> attempts = new CopyOnWriteArrayList<>();
        private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

        Silent(int port, boolean ends) throws IOException {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        var client = socket.accept();
                        attempts.add(System.nanoTime());
                        if (ends) {
                            client.close();
                        } else {
                            open.add(client);
                        }
                    }
                } catch (IOException e) {
                    // closed
                }
            });
        }

        String url() {
            return "nats://127.0.0.1:" + socket.getLocalPort();
        }

        List<Long> attempts() {
            return List.copyOf(attempts);
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            open.forEach(client -> {
                try {
                    client.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }
}
