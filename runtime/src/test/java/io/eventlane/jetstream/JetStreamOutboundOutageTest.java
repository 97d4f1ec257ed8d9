package io.eventlane.jetstream;

import static io.eventlane.jetstream.TestPublisher.failureOf;
import static io.eventlane.jetstream.TestPublisher.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.Position;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.eventlane.brokers.TcpProxy;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.eventlane.spi.OutboundException;
import io.nats.client.PurgeOptions;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;

@NeedsNats
@Timeout(120)
class JetStreamOutboundOutageTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    /** To connect on a busy machine. */
    private static final Duration ENOUGH = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void whenThereIsNoServer_thenAnEventFailsWhenItsTimeIsOverAndThoseOfItsKeyBehindIt() {
        try (var out = new TestPublisher("nats://127.0.0.1:" + FreePort.find(), Channels.to("orders").timeouts(SHORT, SHORT))) {
            var first = out.trySend("k", "1");
            var behind = out.trySend("k", "2");
            var other = out.trySend("other", "1");

            assertThat(failureOf(first).reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failureOf(first).status()).isEqualTo(Status.FAILED);
            assertThat(failureOf(first)).hasMessageContainingAll("no connection",
                    "quarkus.eventlane.outgoing.out.delivery-timeout");
            assertThat(failureOf(behind).reason()).isEqualTo(Reason.PREDECESSOR_FAILED);
            assertThat(failureOf(other).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void whenTheServerComesLater_thenWhatWaitedIsStoredInOrder() {
        int port = FreePort.find();
        try (TcpProxy proxy = TcpProxy.to(port);
                var out = new TestPublisher("nats://127.0.0.1:" + proxy.port(), Channels.to("later"))) {
            List<CompletionStage<Position>> sent = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                sent.add(out.trySend("k", "k " + i));
            }
            try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withPort(port))) {
                for (int i = 0; i < sent.size(); i++) {
                    assertThat(join(sent.get(i)).offset()).isEqualTo(i + 1);
                }
            }
        }
    }

    @Test
    void whenTheNextServerTakesLess_thenWhatMayBeStoredIsUnknown() {
        int port = FreePort.find();
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withPort(port);
        try (NatsServer server = NatsServer.start(options); var out = new TestPublisher(server.url(), Channels.to("less"))) {
            out.awaitReady();
            server.freeze();
            var sent = out.send("k", "x".repeat(1_000));
            await().until(() -> out.attempts() == 1);
            server.kill();
            try (NatsServer next = NatsServer.start(options.withSetting("max_payload", 1_000))) {
                assertThat(failureOf(sent).reason()).isEqualTo(Reason.TOO_LARGE);
                assertThat(failureOf(sent).status()).isEqualTo(Status.UNKNOWN);
                assertThat(failureOf(out.send("k", "x".repeat(1_000))).status()).isEqualTo(Status.FAILED);
            }
        }
    }

    @Test
    void whenTheConnectionIsCutUnderLoad_thenEverythingIsStoredOnceAndInOrder() throws Exception {
        try (NatsServer server = NatsServer.start();
                TcpProxy proxy = TcpProxy.to(server.port());
                var out = new TestPublisher("nats://127.0.0.1:" + proxy.port(), Channels.to("cut"))) {
            PublishLoad load = PublishLoad.start(out, 2, 5, 10_000);
            for (int i = 1; i <= 6; i++) {
                int more = load.stored() + 1_000;
                await().until(() -> load.stored() > more);
                proxy.cut();
            }
            load.end().assertAllStored();
            load.assertIsWhatWasTold(StreamContent.of(server.url(), "cut"));
        }
    }

    @Test
    void whenTheServerIsKilledUnderLoad_thenEverythingIsStoredOnceAndInOrder() {
        try (NatsServer server = NatsServer.start(); var out = new TestPublisher(server.url(), Channels.to("killed"))) {
            PublishLoad load = PublishLoad.start(out, 2, 5, 10_000);
            for (int i = 1; i <= 3; i++) {
                int more = load.stored() + 1_000;
                await().until(() -> load.stored() > more);
                server.kill();
                server.restart();
            }
            load.end().assertAllStored();
            load.assertIsWhatWasTold(StreamContent.of(server.url(), "killed"));
        }
    }

    @Test
    void whenTheServerIsFrozenForLongerThanAnAnswerMayTake_thenEverythingIsStoredOnceAndInOrder() {
        try (NatsServer server = NatsServer.start();
                var out = new TestPublisher(server.url(), Channels.to("frozen").timeouts(SHORT, LONG))) {
            PublishLoad load = PublishLoad.start(out, 2, 5, 5_000);
            await().until(() -> load.stored() > 1_000);
            server.freeze();
            // The oldest event is sent again.
            await().until(() -> out.attempts() > 2);
            server.thaw();
            int more = load.stored() + 2_000;
            await().until(() -> load.stored() > more);

            load.end().assertAllStored();
            load.assertIsWhatWasTold(StreamContent.of(server.url(), "frozen"));
        }
    }

    @Test
    void whenTheServerIsFrozenForLongerThanAnEventHas_thenTheOutcomeIsUnknownAndSendingGoesOnLater() {
        try (NatsServer server = NatsServer.start();
                var out = new TestPublisher(server.url(), Channels.to("unknown").timeouts(SHORT, SHORT))) {
            out.awaitReady();
            server.freeze();
            var sent = out.send("k", "k 1");
            var failure = failureOf(sent);
            for (int i = 2; i < 10; i++) {
                out.send("k", "k " + i);
            }
            assertThat(out.channel.sender().inFlight().all()).as("sent after that").hasSizeLessThanOrEqualTo(1);
            server.thaw();

            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure.status()).isEqualTo(Status.UNKNOWN);
            assertThat(failure).hasMessageContaining("quarkus.eventlane.outgoing.out.ack-timeout");
            await().until(() -> out.send("k", "k 10").handle((position, e) -> position != null).toCompletableFuture().join());
            PublishLoad.assertInOrder(StreamContent.of(server.url(), "unknown"));
        }
    }

    @Test
    void whenTheServerIsGoneAtClose_thenCloseEndsAtTheDeadlineAndTheOutcomeIsUnknown() {
        try (NatsServer server = NatsServer.start()) {
            var out = new TestPublisher(server.url(), Channels.to("closing"));
            join(out.send("k", "before"));
            server.freeze();
            var pending = out.send("k", "pending");

            long start = System.nanoTime();
            out.close(Duration.ofMillis(500));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(failureOf(pending).reason()).isEqualTo(Reason.CLOSED);
            assertThat(failureOf(pending).status()).isEqualTo(Status.UNKNOWN);
        }
    }

    @Test
    void whenWhatWasNeverSentIsClosed_thenItHasFailed() {
        var out = new TestPublisher("nats://127.0.0.1:" + FreePort.find(), Channels.to("orders"));
        var pending = out.send("k", "pending");
        out.close(Duration.ofMillis(50));

        assertThat(failureOf(pending).reason()).isEqualTo(Reason.CLOSED);
        assertThat(failureOf(pending).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void whenTheStreamIsDeletedUnderLoad_thenItIsMadeAgainAndNothingFails() throws Exception {
        try (NatsServer server = NatsServer.start();
                var out = new TestPublisher(server.url(), Channels.to("deleted"));
                TestLink other = TestLink.to(server)) {
            PublishLoad load = PublishLoad.start(out, 2, 5, 10_000);
            await().until(() -> load.stored() > 2_000);
            other.management().deleteStream("deleted");
            int more = load.stored() + 2_000;
            await().until(() -> load.stored() > more);

            load.end().assertAllStored();
            StreamContent content = StreamContent.of(server.url(), "deleted");
            PublishLoad.assertInOrder(content);
            assertThat(content.size()).isPositive();
        }
    }

    @Test
    void whenTheStreamIsDeletedAndSomebodyElseListens_thenItIsMadeAgainAllTheSame() throws Exception {
        try (var out = new TestPublisher(NatsServer.shared().url(),
                Channels.to("listened").timeouts(SHORT, Duration.ofSeconds(10)));
                TestLink other = TestLink.to(NatsServer.shared())) {
            out.awaitReady();
            other.connection().createDispatcher(message -> {
            }).subscribe("listened");
            other.connection().flush(ENOUGH);
            other.management().deleteStream("listened");

            assertThat(join(out.send("k", "1")).offset()).isEqualTo(1);
        }
    }

    @Test
    void whenEventsWaitBehindOneWithoutAnAnswer_thenTheirErrorSaysSo() {
        try (NatsServer server = NatsServer.start();
                var out = new TestPublisher(server.url(), Channels.to("behind").timeouts(SHORT, ENOUGH))) {
            out.awaitReady();
            server.freeze();
            out.send("k", "first");
            await().until(() -> out.attempts() > 1);
            for (int i = 0; i < 20; i++) {
                out.send("key-" + i, "waits");
            }
            var failure = failureOf(out.send("last", "waits"));
            server.thaw();

            assertThat(failure).returns(Status.FAILED, OutboundException::status).hasMessageContainingAll("behind others",
                    "quarkus.eventlane.outgoing.out.ack-timeout");
        }
    }

    @Test
    void whenNobodyMakesTheStream_thenAnEventFailsWhenItsTimeIsOver() {
        TopicSpec topic = Specs.of("nobodys").strategy(Strategy.SKIP).spec();
        try (var out = new TestPublisher(NatsServer.shared().url(), Channels.to("nobodys").timeouts(SHORT, ENOUGH), topic)) {
            var failure = failureOf(out.send("k", "1"));

            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure.status()).isEqualTo(Status.FAILED);
            assertThat(failure).hasMessageContaining("no stream has the subject");
        }
    }

    @Test
    void whenSomebodyMakesTheStreamInTime_thenWhatWaitedIsStoredInOrder() throws Exception {
        TopicSpec topic = Specs.of("somebodys").strategy(Strategy.SKIP).spec();
        try (var out = new TestPublisher(NatsServer.shared().url(), Channels.to("somebodys"), topic);
                TestLink other = TestLink.to(NatsServer.shared())) {
            List<CompletionStage<Position>> sent = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                sent.add(out.trySend("k", "k " + i));
            }
            await().until(() -> out.attempts() > 1);
            other.management().addStream(StreamConfiguration.builder().name("somebodys").subjects("somebodys").build());

            for (int i = 0; i < sent.size(); i++) {
                assertThat(join(sent.get(i)).offset()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void whenTheStreamCannotBeUsed_thenAnEventIsRejectedAndTheErrorSaysWhy() {
        TopicSpec topic = Specs.of("missing").strategy(Strategy.VALIDATE_ONLY).spec();
        try (var out = new TestPublisher(NatsServer.shared().url(), Channels.to("missing").timeouts(SHORT, ENOUGH), topic)) {
            var failure = failureOf(out.send("k", "1"));

            assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
            assertThat(failure.status()).isEqualTo(Status.FAILED);
            assertThat(failure).hasMessageContaining("quarkus.eventlane.topic.missing");
        }
    }

    @Test
    void whenTheStreamIsFull_thenEventsAreRejectedAndStoredAgainWhenThereIsRoom() throws Exception {
        try (TestLink other = TestLink.to(NatsServer.shared())) {
            other.management().addStream(StreamConfiguration.builder().name("full").subjects("full", "full.>").maxMessages(3)
                    .discardPolicy(DiscardPolicy.New).build());
            TopicSpec topic = Specs.of("full").strategy(Strategy.SKIP).spec();
            try (var out = new TestPublisher(NatsServer.shared().url(), Channels.to("full"), topic)) {
                for (int i = 1; i <= 3; i++) {
                    join(out.send("k", "k " + i));
                }
                var failure = failureOf(out.send("k", "k 4"));
                other.management().purgeStream("full", PurgeOptions.builder().keep(1).build());

                assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
                assertThat(failure.status()).isEqualTo(Status.FAILED);
                assertThat(failure).hasMessageContainingAll("maximum messages exceeded", "10077");
                assertThat(join(out.send("k", "k 5")).offset()).isPositive();
            }
        }
    }
}
