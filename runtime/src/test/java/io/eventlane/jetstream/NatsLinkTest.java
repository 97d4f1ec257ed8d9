package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.nats.client.Connection;

@NeedsNats
@Timeout(60)
class NatsLinkTest {

    // Connecting

    @Test
    void whenThereIsNoServerYet_thenItConnectsOnceThereIsOne() {
        try (NatsServer server = NatsServer.start()) {
            server.kill();
            long start = System.nanoTime();
            try (TestLink link = TestLink.open(ConnectionSettings.of("test", server.url()))) {
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                assertThat(link.connection()).isNull();
                await().until(() -> ("Connection refused (quarkus.eventlane.jetstream.servers=" + server.url() + ")")
                        .equals(link.link.status().trouble()));

                server.restart();
                link.awaitHeard("up");
                assertThat(link.connection()).isNotNull();
            }
        }
    }

    @Test
    void whenNoServerIsThere_thenTheLogNamesThePropertyAndAllAddressesWithoutTheirSecrets() {
        String first = "127.0.0.1:" + FreePort.find();
        String second = "localhost:" + FreePort.find();
        try (Logs logs = Logs.listen();
                TestLink link = TestLink.open(
                        ConnectionSettings.of("test", "nats://shop:hidden@" + first, "nats://shop:hidden@" + second))) {
            await().untilAsserted(() -> assertThat(logs.containing("No NATS server")).singleElement().asString()
                    .endsWith("Connection refused (quarkus.eventlane.jetstream.servers=nats://" + first + ",nats://" + second
                            + ")"));

            assertThat(link.link.status().trouble()).doesNotContain("hidden");
            assertThat(logs.containing("hidden")).isEmpty();
        }
    }

    @Test
    void whenTheFirstServersOfTheListAreDead_thenTheNextOneIsTaken() {
        NatsServer server = NatsServer.shared();
        String dead = "nats://127.0.0.1:" + FreePort.find();
        try (TestLink link = TestLink.open(ConnectionSettings.of("test", dead, dead.replace("127.0.0.1", "localhost"),
                server.url()))) {
            link.awaitHeard("up");
            assertThat(link.link.status().server()).isEqualTo("nats at " + server.url());
        }
    }

    @Test
    void whenConnected_thenTheServerKnowsTheApplicationByItsName() throws Exception {
        try (NatsServer server = NatsServer.start();
                TestLink link = TestLink.open(ConnectionSettings.of("the shop", server.url()))) {
            link.awaitHeard("up");

            assertThat(Monitoring.of(server, "connz")).contains("\"name\": \"the shop\"");
        }
    }

    @Test
    void whenItIsClosed_thenNoLossIsReported() {
        try (Logs logs = Logs.listen()) {
            TestLink link = TestLink.to(NatsServer.shared());
            link.close();
            assertThat(link.heard()).containsExactly("up", "down");
            assertThat(logs.all()).noneMatch(line -> line.startsWith("WARN") && line.contains("NATS"));
        }
    }

    @Test
    void whenAListenerComesLate_thenItIsToldSoon() {
        try (TestLink link = TestLink.to(NatsServer.shared())) {
            LinkedBlockingQueue<Connection> told = new LinkedBlockingQueue<>();
            link.link.listen(new Link.Listener() {
                @Override
                public void up(Connection connection) {
                    told.add(connection);
                }

                @Override
                public void down() {
                }
            });

            await().untilAsserted(() -> assertThat(told).containsExactly(link.connection()));
        }
    }

    @Test
    void whenAListenerThrows_thenTheOthersHearAllTheSame() {
        try (NatsServer server = NatsServer.start()) {
            server.kill();
            try (TestLink link = TestLink.open(ConnectionSettings.of("test", server.url()))) {
                Link.Listener broken = new Link.Listener() {
                    @Override
                    public void up(Connection connection) {
                        throw new IllegalStateException("broken");
                    }

                    @Override
                    public void down() {
                    }
                };
                link.link.listen(broken);
                LinkedBlockingQueue<String> last = new LinkedBlockingQueue<>();
                link.link.listen(new Link.Listener() {
                    @Override
                    public void up(Connection connection) {
                        last.add("up");
                    }

                    @Override
                    public void down() {
                    }
                });
                server.restart();

                link.awaitHeard("up");
                await().untilAsserted(() -> assertThat(last).containsExactly("up"));
            }
        }
    }

    // Connecting again

    @Test
    void whenTheServerIsKilledAndStartedAgain_thenTheSameConnectionIsThereAgainWithItsSubscriptions() throws Exception {
        try (NatsServer server = NatsServer.start(); TestLink link = TestLink.to(server)) {
            LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
            Connection before = link.connection();
            before.createDispatcher(message -> received.add(message.getSubject())).subscribe("hello");

            server.kill();
            link.awaitHeard("up", "down");
            assertThat(link.link.status()).returns(false, LinkStatus::connected)
                    .returns("nats at " + server.url(), LinkStatus::server);
            server.restart();
            link.awaitHeard("up", "down", "up");

            assertThat(link.connection()).isSameAs(before);
            link.connection().publish("hello", null);
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
        }
    }

    @Test
    void whenDisconnected_thenPublishingIsRefusedAndNothingIsKept() throws Exception {
        try (NatsServer server = NatsServer.start(); TestLink link = TestLink.to(server)) {
            LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
            link.connection().createDispatcher(message -> received.add(message.getSubject())).subscribe("events.>");
            server.kill();
            link.awaitHeard("up", "down");

            assertThatThrownBy(() -> link.connection().publish("events.lost", null)).isInstanceOf(IllegalStateException.class);
            server.restart();
            link.awaitHeard("up", "down", "up");
            link.connection().publish("events.after", null);

            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("events.after");
        }
    }

    // Security

    @Test
    void whenSomethingIsNotAllowed_thenListenersHearOfIt() {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("authorization",
                "{ users: [ { user: a, password: b, permissions: { publish: [ \"mine\" ], subscribe: [ \"mine\" ] } } ] }"));
                TestLink link = TestLink.to(server,
                        settings -> Links.with(settings, new Authentication.UserPassword("a", "b")))) {
            link.awaitHeard("up");
            link.connection().publish("theirs", null);
            link.awaitHeard("up", "Permissions Violation for Publish to \"theirs\"");
            link.connection().subscribe("theirs");

            link.awaitHeard("up", "Permissions Violation for Publish to \"theirs\"",
                    "Permissions Violation for Subscription to \"theirs\"");
        }
    }

    @Test
    void whenTheSameIsRefusedAgainAndAgain_thenItIsLoggedOnce() {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("authorization",
                "{ users: [ { user: a, password: b, permissions: { publish: [ \"mine\" ] } } ] }"));
                Logs logs = Logs.listen();
                TestLink link = TestLink.to(server,
                        settings -> Links.with(settings, new Authentication.UserPassword("a", "b")))) {
            link.awaitHeard("up");
            for (int i = 0; i < 100; i++) {
                link.connection().publish("theirs.key-" + i, null);
            }
            await().until(() -> link.heard().size() == 101);

            assertThat(logs.containing("Permissions Violation")).singleElement().asString().contains("theirs.key-0");
        }
    }

    // The end

    @Test
    void whenClosed_thenNoThreadIsLeft() {
        NatsServer server = NatsServer.shared();
        TestLink link = TestLink.to(server);
        link.connection().createDispatcher(message -> {
        }).subscribe("hello");
        assertThat(threads()).isNotEmpty();

        link.close();
        link.close();

        awaitNoThreads();
        assertThat(link.heard()).containsExactly("up", "down");
        assertThat(link.link.status().connected()).isFalse();
    }

    @Test
    void whenClosedWhileItConnects_thenNoThreadIsLeft() {
        String dead = "nats://127.0.0.1:" + FreePort.find();
        for (int i = 0; i < 20; i++) {
            TestLink link = TestLink.open(ConnectionSettings.of("test", dead, "nats://127.0.0.1:" + FreePort.find()));
            if (i % 2 == 0) {
                await().until(() -> link.link.status().trouble() != null);
            }
            link.close();
            awaitNoThreads();
            assertThat(link.heard()).isEmpty();
        }
    }

    @Test
    void whenClosedWhileItConnectsAgain_thenNoThreadIsLeft() {
        try (NatsServer server = NatsServer.start()) {
            TestLink link = TestLink.to(server);
            server.kill();
            link.awaitHeard("up", "down");

            long start = System.nanoTime();
            link.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            awaitNoThreads();
            assertThat(link.heard()).containsExactly("up", "down");
        }
    }

    /** An executor counts as ended a moment before its last thread has. */
    private static void awaitNoThreads() {
        await().atMost(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith(LinkThreads.PREFIX) || name.startsWith("nats")).collect(Collectors.toSet());
    }
}
