package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;

/** Servers that stop to answer, or say that they are about to end. */
@NeedsNats
@Tag("wide")
@Timeout(120)
class NatsOutageTest {

    @Test
    void whenAServerIsFrozen_thenThatIsNoticedWithinTwelveSecondsAndAnotherOneIsTaken() {
        try (NatsServer one = NatsServer.start();
                NatsServer other = NatsServer.start();
                TestLink link = TestLink.open(ConnectionSettings.of("test", one.url(), other.url()))) {
            link.awaitHeard("up");
            boolean first = at(one, link);
            (first ? one : other).freeze();

            await().atMost(Duration.ofSeconds(12)).until(() -> link.heard().contains("down"));
            await().atMost(Duration.ofSeconds(5)).until(() -> link.heard().equals(List.of("up", "down", "up")));

            assertThat(link.link.status().server()).contains((first ? other : one).url());
        }
    }

    /** Messages fill up what is between the two, so that the client's own writing hangs. */
    @Test
    void whenAServerIsFrozenInTheMiddleOfATraffic_thenThatIsNoticedToo() throws Exception {
        try (NatsServer server = NatsServer.start(); TestLink link = TestLink.to(server)) {
            byte[] payload = new byte[100_000];
            server.freeze();
            Thread publisher = Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        link.connection().publish("orders", payload);
                        Thread.sleep(10);
                    }
                } catch (IllegalStateException | InterruptedException e) {
                    // disconnected
                }
            });

            await().atMost(Duration.ofSeconds(15)).until(() -> link.heard().contains("down"));
            publisher.join();
            server.thaw();
            link.awaitHeard("up", "down", "up");
        }
    }

    /** What {@link Link} says of publications between the loss and its discovery. */
    @Test
    void whenMessagesWaitInTheQueueAsTheLossIsDiscovered_thenTheyAreSentAfterItBeforeNewerOnes() throws Exception {
        try (NatsServer server = NatsServer.start();
                TestLink link = TestLink.to(server);
                TestLink reader = TestLink.to(server)) {
            List<Integer> received = new CopyOnWriteArrayList<>();
            server.freeze();
            byte[] payload = new byte[500_000];
            for (int i = 0; i < 100; i++) {
                link.connection().publish("orders." + i, payload);
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> link.heard().contains("down"));
            await().atMost(Duration.ofSeconds(15)).until(() -> reader.heard().contains("down"));
            reader.connection().createDispatcher(message -> received.add(Integer.valueOf(message.getSubject().substring(7))))
                    .subscribe("orders.*");
            server.thaw();
            link.awaitHeard("up", "down", "up");
            reader.awaitHeard("up", "down", "up");
            link.connection().publish("orders.100", payload);

            await().until(() -> received.contains(100));
            assertThat(received).contains(99).last().isEqualTo(100);
        }
    }

    @Test
    void whenAServerSaysThatItIsAboutToEnd_thenItIsLeftBeforeItDoes() {
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withSetting("lame_duck_grace_period", "\"30s\"")
                .withSetting("lame_duck_duration", "\"60s\"");
        try (NatsServer one = NatsServer.start(options);
                NatsServer other = NatsServer.start(options);
                TestLink link = TestLink.open(ConnectionSettings.of("test", one.url(), other.url()))) {
            link.awaitHeard("up");
            boolean first = at(one, link);
            (first ? one : other).lameDuck();

            link.awaitHeard("up", "down", "up");
            assertThat((first ? one : other).isRunning()).isTrue();
            assertThat(link.link.status().server()).contains((first ? other : one).url());
        }
    }

    @Test
    void whenTheOnlyServerSaysThatItIsAboutToEnd_thenItIsUsedUntilItDoes() {
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withSetting("lame_duck_grace_period", "\"4s\"")
                .withSetting("lame_duck_duration", "\"30s\"");
        try (NatsServer server = NatsServer.start(options); TestLink link = TestLink.to(server); Logs logs = Logs.listen()) {
            server.lameDuck();

            await().until(() -> !logs.containing("there is no other one to go to").isEmpty());
            assertThat(link.heard()).containsExactly("up");
            await().atMost(Duration.ofSeconds(60)).until(() -> !server.isRunning());
            server.restart();
            link.awaitHeard("up", "down", "up");
        }
    }

    private static boolean at(NatsServer server, TestLink link) {
        return link.link.status().server().contains(server.url());
    }
}
