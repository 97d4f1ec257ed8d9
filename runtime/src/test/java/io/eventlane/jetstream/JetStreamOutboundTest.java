package io.eventlane.jetstream;

import static io.eventlane.jetstream.TestPublisher.bytes;
import static io.eventlane.jetstream.TestPublisher.failureOf;
import static io.eventlane.jetstream.TestPublisher.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.Position;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.eventlane.spi.OutboundRecord;
import io.nats.client.Message;

@NeedsNats
@Timeout(60)
class JetStreamOutboundTest {

    private final NatsServer server = NatsServer.shared();

    @Test
    void whenSent_thenThePositionIsKnownAndKeyPayloadAndHeadersArrive() {
        try (var out = publisher("arrive")) {
            assertThat(join(out.send("k", "one"))).isEqualTo(new Position("arrive", 0, 1));
            assertThat(join(out.trySend("k.ü", "two"))).isEqualTo(new Position("arrive", 0, 2));
            assertThat(join(out.send(null, null))).isEqualTo(new Position("arrive", 0, 3));
        }
        assertThat(arrived("arrive")).containsExactly("arrive k=one/event-1", "arrive k.ü=two/event-2",
                "arrive null=null/event-3");
    }

    @Test
    void whenTheTopicHasPartitions_thenTheSubjectHasTheKey() {
        try (var out = new TestPublisher(server.url(), Channels.to("tokens").partitioned(),
                Specs.of("tokens").partitions(4).spec())) {
            join(out.send("a.b", "one"));
            join(out.send(null, "two"));
            join(out.send("", "three"));
        }
        assertThat(arrived("tokens")).hasSize(3).satisfiesExactly(
                one -> assertThat(one).matches("tokens\\.\\d\\.a%2Eb a\\.b=one/event-1"),
                two -> assertThat(two).matches("tokens\\.\\d\\.=\\d+ null=two/event-2"),
                three -> assertThat(three).matches("tokens\\.\\d\\.= =three/event-3"));
    }

    @Test
    void whenTheKeyIsTooLongForASubject_thenItIsInvalid() {
        try (var out = new TestPublisher(server.url(), Channels.to("long").partitioned(),
                Specs.of("long").partitions(2).spec())) {
            var failure = failureOf(out.send("ü".repeat(200), "one"));

            assertThat(failure.reason()).isEqualTo(Reason.INVALID);
            assertThat(failure.status()).isEqualTo(Status.FAILED);
            assertThat(failure).hasMessageContainingAll("1200 characters", "1024");
        }
    }

    @Test
    void whenTheSameIdComesAgain_thenItIsStoredOnceAndTheSamePositionTold() {
        try (var out = publisher("again")) {
            OutboundRecord record = new OutboundRecord("1", bytes("k"), bytes("one"), List.of());

            assertThat(join(out.channel.send(record))).isEqualTo(new Position("again", 0, 1));
            assertThat(join(out.channel.send(record))).isEqualTo(new Position("again", 0, 1));
        }
        assertThat(StreamContent.of(server.url(), "again").size()).isEqualTo(1);
    }

    @Test
    void whenHeadersAreAnything_thenTheyArriveAsTheyWere() {
        List<Map.Entry<String, byte[]>> headers = List.of(Map.entry("dead-letter-reason", "Größe: 100%\n\tat…".getBytes(UTF_8)),
                Map.entry("größe", bytes("1")), Map.entry("X-Event-ID", bytes("7")), Map.entry("Nats-Rollup", bytes("all")));
        try (var out = publisher("letters")) {
            join(out.send("k", "before"));
            join(out.channel.send(new OutboundRecord("letter-1", bytes("k"), bytes("one"), headers)));
        }
        List<Message> messages = StreamContent.of(server.url(), "letters").messages();
        List<String> read = new ArrayList<>();
        Arriving.headers(messages.getLast().getHeaders())
                .forEach((name, value) -> read.add(name + "=" + new String(value, UTF_8)));

        assertThat(messages).as("not rolled up").hasSize(2);
        assertThat(read).containsExactly("dead-letter-reason=Größe: 100%\n\tat…", "größe=1", "X-Event-ID=7", "Nats-Rollup=all");
    }

    @Test
    void whenCompressed_thenThePayloadIsSmallerAndRestored() {
        String text = "a line like the one before\n".repeat(100);
        try (var out = new TestPublisher(server.url(), Channels.to("lz4").compressed())) {
            join(out.send("k", text));
            join(out.send("k", "tiny"));
            join(out.send("k", null));
        }
        List<Message> messages = StreamContent.of(server.url(), "lz4").messages();

        assertThat(messages.getFirst().getData()).hasSizeLessThan(text.length() / 5);
        assertThat(arrived("lz4")).containsExactly("lz4 k=" + text + "/event-1", "lz4 k=tiny/event-2", "lz4 k=null/event-3");
    }

    @Test
    void whenAnEventIsLargerThanTheServerAllows_thenItFailsAndTheErrorNamesTheLimit() {
        try (NatsServer small = NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("max_payload", 1000));
                var out = new TestPublisher(small.url(), Channels.to("small"))) {
            var failure = failureOf(out.send("k", "x".repeat(1000)));

            assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(failure.status()).isEqualTo(Status.FAILED);
            assertThat(failure).hasMessageContainingAll("1,000", "max_payload");
            assertThat(join(out.send("k", "x".repeat(900))).offset()).isEqualTo(1);
        }
    }

    @Test
    void whenHeadersAreLargerThanAStreamTakes_thenTheEventFailsAndTheErrorNamesTheLimit() {
        try (var out = publisher("headers")) {
            var failure = failureOf(out.channel.send(new OutboundRecord("event-of-headers", bytes("k"), bytes("one"),
                    List.of(Map.entry("large", bytes("x".repeat(65_500)))))));

            assertThat(failure.reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(failure).hasMessageContaining("65,535");
            join(out.channel.send(new OutboundRecord("event-of-less", bytes("k"), bytes("one"),
                    List.of(Map.entry("large", bytes("x".repeat(65_400)))))));
        }
    }

    @Test
    void whenAMessageIsLargerThanTheStreamAllows_thenItFailsAndTheNextOneDoesNot() throws Exception {
        TopicSpec topic = Specs.of("limited").settings(
                new StreamSettings(null, null, null, null, 200, null, null, null, null, null, null)).spec();
        try (var out = new TestPublisher(server.url(), Channels.to("limited"), topic)) {
            var tooLarge = out.send("k", "x".repeat(300));
            var next = out.send("k", "one");

            assertThat(failureOf(tooLarge).reason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(failureOf(tooLarge).status()).isEqualTo(Status.FAILED);
            assertThat(next.toCompletableFuture().handle((position, failure) -> "done").join()).isEqualTo("done");
        }
    }

    @Test
    void whenTheBoundIsReached_thenTrySendFailsAtOnceAndSendWaits() {
        try (NatsServer frozen = NatsServer.start(); var out = new TestPublisher(frozen.url(), Channels.to("b").inFlight(2))) {
            join(out.send("k", "0"));
            frozen.freeze();
            var first = out.send("k", "1");
            var second = out.send("k", "2");

            var failure = failureOf(out.trySend("k", "3"));
            assertThat(failure.reason()).isEqualTo(Reason.BACK_PRESSURE);
            assertThat(failure).hasMessageContaining("quarkus.eventlane.outgoing.out.max-inflight-messages");

            Thread sender = Thread.ofVirtual().start(() -> join(out.send("k", "4")));
            await().until(() -> sender.getState() == Thread.State.TIMED_WAITING);
            frozen.thaw();
            await().until(() -> !sender.isAlive());
            assertThat(join(first).offset()).isEqualTo(2);
            assertThat(join(second).offset()).isEqualTo(3);
        }
    }

    @Test
    void whenTheThreadIsInterrupted_thenTheEventIsPublishedAllTheSameAndTheInterruptStays() {
        try (var out = publisher("interrupted")) {
            join(out.send("k", "0"));
            Thread.currentThread().interrupt();
            CompletionStage<Position> sent = out.trySend("k", "1");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(join(sent).offset()).isEqualTo(2);
        }
    }

    @Test
    void whenInterruptsComeAtAnyTime_thenNothingIsDropped() throws Exception {
        try (var out = new TestPublisher(server.url(),
                Channels.to("dropped").timeouts(Duration.ofSeconds(50), Duration.ofSeconds(50)))) {
            join(out.send("k", "other 0"));
            AtomicBoolean sending = new AtomicBoolean(true);
            Thread sender = Thread.currentThread();
            Thread interrupter = Thread.ofPlatform().start(() -> {
                while (sending.get()) {
                    sender.interrupt();
                    LockSupport.parkNanos(10_000);
                }
            });
            List<CompletionStage<Position>> sent = new ArrayList<>();
            for (int i = 0; i < 9_000; i++) {
                sent.add(out.trySend("k", "k " + i));
            }
            sending.set(false);
            while (interrupter.isAlive()) {
                Thread.interrupted();
            }
            Thread.interrupted();

            sent.forEach(TestPublisher::join);
        }
        PublishLoad.assertInOrder(StreamContent.of(server.url(), "dropped"));
    }

    @Test
    void whenSomebodyElseAnswersToo_thenOnlyTheStreamsAnswerCounts() throws Exception {
        try (var out = publisher("answered"); TestLink other = TestLink.to(server)) {
            join(out.send("k", "0"));
            other.connection().createDispatcher(message -> other.connection().publish(message.getReplyTo(), bytes("pong")))
                    .subscribe("answered");
            other.connection().flush(Duration.ofSeconds(5));

            for (int i = 1; i < 100; i++) {
                assertThat(join(out.send("k", "" + i))).isEqualTo(new Position("answered", 0, i + 1));
            }
        }
    }

    @Test
    void whenTheServerDoesNotAllowTheSubject_thenTheEventFailsSoonAndTheErrorSaysWhy() {
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withSetting("authorization",
                "{ users: [ { user: u, password: p, permissions: { publish: { deny: [\"denied\"] } } } ] }");
        try (NatsServer strict = NatsServer.start(options);
                var out = new TestPublisher(Links.with(ConnectionSettings.of("test", strict.url()),
                        new Authentication.UserPassword("u", "p")), Channels.to("denied"), TopicSpec.of("denied"))) {
            var failure = failureOf(out.send("k", "1"));

            assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
            assertThat(failure.status()).isEqualTo(Status.FAILED);
            assertThat(failure).hasMessageContaining("Permissions Violation for Publish to \"denied\"");
        }
    }

    @Test
    void whenTheServerDoesNotAllowTheSubjectsOfKeys_thenTheEventFailsSoonAndTheErrorSaysWhy() {
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withSetting("authorization",
                "{ users: [ { user: u, password: p, permissions: { publish: { deny: [\"keys.>\"] } } } ] }");
        try (NatsServer strict = NatsServer.start(options);
                var out = new TestPublisher(Links.with(ConnectionSettings.of("test", strict.url()),
                        new Authentication.UserPassword("u", "p")), Channels.to("keys").partitioned(),
                        Specs.of("keys").partitions(2).spec())) {
            var failure = failureOf(out.send("k", "1"));

            assertThat(failure.reason()).isEqualTo(Reason.REJECTED);
            assertThat(failure).hasMessageContaining("Permissions Violation for Publish to \"keys.k\"");
        }
    }

    @Test
    void whenItIsClosed_thenLaterEventsFail() {
        try (var out = publisher("closed")) {
            join(out.send("k", "1"));
            out.channel.close(Duration.ofSeconds(5));

            assertThat(failureOf(out.send("k", "2")).reason()).isEqualTo(Reason.CLOSED);
            assertThat(failureOf(out.trySend("k", "3")).status()).isEqualTo(Status.FAILED);
            out.channel.close(Duration.ofSeconds(5));
        }
    }

    @Test
    void whenTheLastChannelIsClosed_thenItsSubscriptionIsGone() throws Exception {
        try (NatsServer own = NatsServer.start(); var out = new TestPublisher(own.url(), Channels.to("one"))) {
            JetStreamOutbound other = out.open(Channels.to("other"), TopicSpec.of("other"));
            join(out.send("k", "1"));
            join(other.send(out.record("k", "1")));
            int both = subscriptions(own);

            out.channel.close(Duration.ofSeconds(5));
            join(other.send(out.record("k", "2")));
            assertThat(subscriptions(own)).isEqualTo(both);

            other.close(Duration.ofSeconds(5));
            await().until(() -> subscriptions(own) == both - 1);
        }
    }

    /** Of clients. */
    private static int subscriptions(NatsServer server) throws Exception {
        try (InputStream connections = URI.create(server.monitoringUrl() + "/connz").toURL().openStream()) {
            Matcher each = Pattern.compile("\"subscriptions\": *(\\d+)").matcher(new String(connections.readAllBytes(), UTF_8));
            return each.results().mapToInt(found -> Integer.parseInt(found.group(1))).sum();
        }
    }

    private TestPublisher publisher(String topic) {
        return new TestPublisher(server.url(), Channels.to(topic));
    }

    /** What a handler would see: subject, key, payload and one header. */
    private List<String> arrived(String stream) {
        PayloadDecompression payloads = new PayloadDecompression(PayloadDecompression.DEFAULT_LIMIT);
        return StreamContent.of(server.url(), stream).messages().stream().map(message -> {
            ReceivedHeaders headers = Arriving.headers(message.getHeaders());
            return message.getSubject() + " " + text(headers.key()) + "=" + text(payloads.payload(message.getData(), headers))
                    + "/"
                    + text(headers.value("X-Event-ID"));
        }).toList();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : new String(bytes, UTF_8);
    }
}
