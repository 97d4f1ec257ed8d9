package io.eventlane.runtime.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.eventlane.Envelope;
import io.eventlane.EventBus;
import io.eventlane.Position;
import io.eventlane.PublishException;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundRecord;

class PublishingTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeOutbound outbound = new FakeOutbound();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicBoolean mayWait = new AtomicBoolean(true);
    private final Publishing publishing = new Publishing(new Fakes(), new Codecs(new ObjectMapper(), List.of()), List.of(),
            mayWait::get);
    private final EventBus bus = new EventBusImpl(publishing);

    @AfterEach
    void close() {
        publishing.close(LONG);
    }

    @Test
    void whenAPayloadIsPublished_thenTheReceiptSaysWhereItIs() throws Exception {
        PublishReceipt receipt = get(bus.publish("orders", "text"));

        OutboundRecord record = outbound.sent.getFirst();
        assertThat(receipt).isEqualTo(new PublishReceipt(record.eventId(), "orders", "orders-topic", Status.OK, null,
                receipt.timestamp(), null, null, null, new Position("topic", 0, 0)));
        assertThat(record.key()).isNull();
        assertThat(record.payload()).asString(UTF_8).isEqualTo("text");
        assertThat(headers(record)).containsExactly("X-Event-ID=" + record.eventId());
    }

    @Test
    void whenAKeyIsGiven_thenTheRecordHasItAndANullPayloadIsATombstone() throws Exception {
        get(bus.publish("orders", "k", null));

        assertThat(outbound.sent.getFirst().key()).asString(UTF_8).isEqualTo("k");
        assertThat(outbound.sent.getFirst().payload()).isNull();
    }

    @Test
    void whenAnEnvelopeIsPublished_thenItsFieldsAreHeadersAndItsAggregateIsTheKey() throws Exception {
        Envelope<String> envelope = new Envelope<>("e-1", "order-17", "order.placed", 2, Instant.parse("2026-01-31T12:00:00Z"),
                "t-1",
                "c-1", "n-1", "x");

        PublishReceipt receipt = get(bus.publish("orders", envelope));

        OutboundRecord record = outbound.sent.getFirst();
        assertThat(record.key()).asString(UTF_8).isEqualTo("order-17");
        assertThat(headers(record)).containsExactly("X-Event-ID=e-1", "X-Aggregate-ID=order-17", "X-Event-Type=order.placed",
                "X-Event-Version=2", "X-Timestamp=2026-01-31T12:00:00Z", "X-Trace-ID=t-1", "X-Correlation-ID=c-1",
                "X-Tenant-ID=n-1");
        assertThat(record.payload()).asString(UTF_8).startsWith("{\"event_id\":\"e-1\"").endsWith("\"payload\":\"x\"}");
        assertThat(receipt).extracting(PublishReceipt::eventId, PublishReceipt::aggregateId, PublishReceipt::eventType,
                PublishReceipt::tenantId).containsExactly("e-1", "order-17", "order.placed", "n-1");
    }

    @Test
    void whenAnEnvelopeIsPublishedAsAPayload_thenItIsStillAnEnvelope() throws Exception {
        Envelope<String> envelope = Envelope.of("a", "t", 1, "x");

        get(bus.publish("orders", (Object) envelope));
        get(bus.publish("orders", "a", envelope));

        assertThat(outbound.sent).extracting(PublishingTest::headers).allSatisfy(headers -> assertThat(headers).hasSize(5));
    }

    @Test
    void whenTheKeyIsNotTheEnvelopesAggregate_thenTheStageFails() {
        assertFailed(bus.publish("orders", "b", Envelope.of("a", "t", 1, "x")), Reason.INVALID,
                "the key of an envelope is its aggregate_id 'a', but 'b' was given");
    }

    @Test
    void whenTheArgumentsAreInvalid_thenTheStageFailsAndNothingIsThrownOrSent() {
        assertFailed(bus.publish("orders", (Object) null), Reason.INVALID, "the payload must not be null");
        assertFailed(bus.publish("orders", (Envelope<?>) null), Reason.INVALID, "the envelope must not be null");
        assertFailed(bus.publish("orders", " ", "x"), Reason.INVALID, "the key must not be blank");
        assertFailed(bus.publish("orders", null, "x"), Reason.INVALID, "the key must not be blank");
        assertThat(outbound.sent).isEmpty();
    }

    @Test
    void whenThePayloadCannotBeEncoded_thenTheStageFailsWithTheReceipt() {
        PublishException failure = assertFailed(bus.publish("orders", "k", new Object()), Reason.INVALID,
                "the payload (java.lang.Object) cannot be encoded");

        assertThat(failure.receipt().status()).isEqualTo(Status.FAILED);
        assertThat(failure.receipt().channel()).isEqualTo("orders");
        assertThat(failure.receipt().error()).isSameAs(failure.getCause());
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, names = { "TOO_LARGE", "BACK_PRESSURE", "UNREACHABLE", "REJECTED", "PREDECESSOR_FAILED" })
    void whenTheConnectorFails_thenItsReasonReachesTheCaller(Reason reason) {
        outbound.broker = record -> FakeOutbound.failed(reason, Status.FAILED);

        PublishException failure = assertFailed(bus.publish("orders", Envelope.of("a", "t", 1, "x")), reason,
                "was not published to channel 'orders' (topic 'orders-topic'): the broker says no");
        assertThat(failure.receipt()).extracting(PublishReceipt::status, PublishReceipt::aggregateId, PublishReceipt::error)
                .containsExactly(Status.FAILED, "a", failure.getCause());
    }

    @Test
    void whenTheOutcomeIsUnknown_thenTheReceiptSaysSo() {
        outbound.broker = record -> FakeOutbound.failed(Reason.UNREACHABLE, Status.UNKNOWN);

        PublishException failure = assertFailed(bus.publish("orders", "x"), Reason.UNREACHABLE, "may not have been published");
        assertThat(failure.receipt().status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void whenTheThreadMustNotWait_thenTheRecordIsOnlyTried() throws Exception {
        mayWait.set(false);

        get(bus.publish("orders", "x"));

        assertThat(outbound.sent).isEmpty();
        assertThat(outbound.tried).hasSize(1);
    }

    @Test
    void whenTheOutcomeIsKnown_thenTheCallerIsToldOnAThreadOfOurOwn() throws Exception {
        CompletableFuture<Position> acknowledgement = new CompletableFuture<>();
        outbound.broker = record -> acknowledgement;
        AtomicReference<String> thread = new AtomicReference<>();
        CompletionStage<Void> told = bus.publish("orders", "x")
                .thenAccept(receipt -> thread.set(Thread.currentThread().getName()));

        acknowledgement.complete(new Position("topic", 0, 1));

        told.toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(thread).hasValue("eventlane-receipts");
    }

    @Test
    void whenAContinuationBlocks_thenTheConnectorsThreadGoesOn() throws Exception {
        CompletableFuture<Position> first = new CompletableFuture<>();
        CompletableFuture<Position> second = new CompletableFuture<>();
        outbound.broker = record -> outbound.sent.size() == 1 ? first : second;
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> blocked = bus.publish("orders", "1").thenApply(receipt -> awaits(release))
                .toCompletableFuture();
        CompletableFuture<PublishReceipt> later = bus.publish("orders", "2").toCompletableFuture();

        first.complete(new Position("topic", 0, 1));
        second.complete(new Position("topic", 0, 2));
        release.countDown();

        assertThat(blocked.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(later.get(20, TimeUnit.SECONDS).position()).isEqualTo(new Position("topic", 0, 2));
    }

    @Test
    void whenChannelsAreUsedAgain_thenTheyAreOpenedOnce() throws Exception {
        publishing.warmUp("orders");
        get(bus.publish("orders", "x"));
        get(bus.publish("orders", "y"));
        get(bus.publish("unknown before", "z"));

        assertThat(opened).hasValue(2);
    }

    @Test
    void whenAChannelCannotBeOpened_thenTheStageFailsAndTheNextPublicationTriesAgain() throws Exception {
        EventBus failing = new EventBusImpl(new Publishing(new Outbounds() {

            @Override
            public String topic(String channel) {
                return channel;
            }

            @Override
            public Outbound open(String channel) {
                if (opened.incrementAndGet() == 1) {
                    throw new IllegalStateException("no such host");
                }
                return outbound;
            }
        }, new Codecs(new ObjectMapper(), List.of()), List.of(), () -> true));

        assertFailed(failing.publish("orders", "x"), Reason.UNREACHABLE, "no such host");
        assertThat(get(failing.publish("orders", "x")).status()).isEqualTo(Status.OK);
    }

    @Test
    void whenTheBusIsClosed_thenPublicationsAreRefusedAndOutboundsClosed() throws Exception {
        get(bus.publish("orders", "x"));

        publishing.close(LONG);

        assertFailed(bus.publish("orders", "y"), Reason.CLOSED, "the application is shutting down");
        assertFailed(bus.publish("other", Envelope.of("a", "t", 1, "x")), Reason.CLOSED, "the application is shutting down");
        assertThat(outbound.closed).isTrue();
        assertThat(outbound.sent).hasSize(1);
        publishing.close(LONG);
    }

    @Test
    void whenTheBusIsClosedDuringAPublication_thenItsCallerIsStillTold() throws Exception {
        CompletableFuture<Position> acknowledgement = new CompletableFuture<>();
        outbound.broker = record -> acknowledgement;
        CompletionStage<PublishReceipt> stage = bus.publish("orders", "x");
        get(CompletableFuture.runAsync(() -> publishing.close(LONG)));

        acknowledgement.complete(new Position("topic", 0, 1));

        assertThat(get(stage).status()).isEqualTo(Status.OK);
    }

    @Test
    void whenClosed_thenNoThreadIsLeft() throws Exception {
        get(bus.publish("orders", "x"));

        publishing.close(LONG);

        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().equals("eventlane-receipts"));
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static PublishException assertFailed(CompletionStage<PublishReceipt> stage, Reason reason, String message) {
        Throwable failure = catchThrowable(() -> get(stage));
        assertThat(failure).isInstanceOf(ExecutionException.class).cause().isInstanceOf(PublishException.class)
                .hasMessageContaining(message);
        PublishException cause = (PublishException) failure.getCause();
        assertThat(cause.reason()).isEqualTo(reason);
        return cause;
    }

    private static List<String> headers(OutboundRecord record) {
        return record.headers().stream().map(header -> header.getKey() + "=" + new String(header.getValue(), UTF_8)).toList();
    }

    private final class Fakes implements Outbounds {

        @Override
        public String topic(String channel) {
            return channel + "-topic";
        }

        @Override
        public Outbound open(String channel) {
            opened.incrementAndGet();
            return outbound;
        }
    }
}
