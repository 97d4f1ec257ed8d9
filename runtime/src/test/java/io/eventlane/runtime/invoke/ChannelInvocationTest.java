package io.eventlane.runtime.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.InvalidEventException;
import io.eventlane.PublishException;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerInvoker;
import io.eventlane.runtime.HandlerMethod;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.runtime.config.EventlaneConfig.Unmatched;
import io.eventlane.runtime.publish.FakeOutbound;
import io.eventlane.runtime.publish.Outbounds;
import io.eventlane.runtime.publish.Publishing;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundRecord;
import io.smallrye.mutiny.Uni;

@Timeout(60)
class ChannelInvocationTest {

    record Order(String id) {
    }

    private static final String ENVELOPE = "{\"event_id\":\"e-1\",\"aggregate_id\":\"order-17\",\"event_type\":\"order.placed\","
            + "\"event_version\":1,\"timestamp\":\"2026-01-31T12:00:00Z\",\"tenant_id\":\"n-1\",\"payload\":{\"id\":\"17\"}}";

    private final Codecs codecs = new Codecs(new ObjectMapper(), List.of());
    private final FakeOutbound outbound = new FakeOutbound();
    private final Publishing publishing = new Publishing(new Outbounds() {

        @Override
        public String topic(String channel) {
            return channel;
        }

        @Override
        public Outbound open(String channel) {
            return outbound;
        }
    }, codecs, List.of(), () -> true);
    private final List<String> scope = new CopyOnWriteArrayList<>();
    private final List<Event<?>> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        publishing.close(Duration.ofSeconds(10));
    }

    // Decoding

    @Test
    void whenAPlainRecordArrives_thenTheHandlerGetsItsPayload() throws Throwable {
        handle(handler(Order.class),
                new FakeRecord(5, "k", "{\"id\":\"17\"}").with("X-Event-ID", "e").with("h", "1").with("h", "2"));

        Event<?> event = seen.getFirst();
        assertThat(event.payload()).isEqualTo(new Order("17"));
        assertThat(event).extracting(Event::key, Event::id, Event::type, Event::aggregateId, Event::channel, Event::topic,
                Event::attempt, Event::isRevoked).containsExactly("k", "e", null, "k", "orders", "orders-topic", 1, false);
        assertThat(event.position()).hasToString("orders-topic-3@5");
        assertThat(event.header("h")).isEqualTo("2");
        assertThat(event.headers()).hasToString("{X-Event-ID=[e], h=[1, 2]}");
        assertThat(event.unwrap(FakeRecord.class)).isNotNull();
        assertThatThrownBy(() -> event.unwrap(String.class)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders-topic-3@5").hasMessageContaining("java.lang.String");
    }

    @Test
    void whenTheHandlerTakesAnEnvelope_thenItGetsIt() throws Throwable {
        handle(enveloped(Order.class), new FakeRecord(5, "order-17", ENVELOPE));

        Event<?> event = seen.getFirst();
        assertThat(event.payload()).isInstanceOfSatisfying(Envelope.class,
                envelope -> assertThat(envelope.payload()).isEqualTo(new Order("17")));
        assertThat(event).extracting(Event::id, Event::type, Event::aggregateId, Event::tenantId)
                .containsExactly("e-1", "order.placed", "order-17", "n-1");
    }

    @Test
    void whenTheHandlerTakesThePayloadOfAnEnvelope_thenItGetsItWithTheEnvelopesFields() throws Throwable {
        FakeRecord record = new FakeRecord(5, "order-17", ENVELOPE).with("X-Event-Version", "1");

        handle(handler(Order.class), record);
        handle(handler(byte[].class), record);
        handle(handler(String.class), record);

        assertThat(seen.get(0).payload()).isEqualTo(new Order("17"));
        assertThat(seen.get(0)).extracting(Event::id, Event::type, Event::aggregateId, Event::tenantId)
                .containsExactly("e-1", "order.placed", "order-17", "n-1");
        assertThat(seen.get(1).payload()).isEqualTo(ENVELOPE.getBytes(UTF_8));
        assertThat(seen.get(2).payload()).isEqualTo("{\"id\":\"17\"}");
    }

    @Test
    void whenTheRecordIsATombstone_thenTheHandlerGetsNull() throws Throwable {
        handle(handler(Order.class), new FakeRecord(5, "k", null));
        handle(enveloped(Order.class), new FakeRecord(5, "k", null));

        assertThat(seen).extracting(Event::payload).containsOnlyNulls().hasSize(2);
    }

    @Test
    void whenTheRecordCannotBeDecoded_thenItFailsNamingTheHandlerAndThePositionAndNothingRuns() {
        assertThatThrownBy(() -> handle(handler(Order.class), new FakeRecord(5, "k", "{]")))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith(
                        "test.Orders#on: the event at orders-topic-3@5 of channel 'orders' cannot be decoded as "
                                + Order.class.getTypeName() + ": ");
        assertThat(seen).isEmpty();
        assertThat(scope).isEmpty();
    }

    @Test
    void whenTheEnvelopesAggregateIsNotTheKeyOrHeader_thenTheRecordFails() {
        assertThatThrownBy(() -> handle(enveloped(Order.class), new FakeRecord(5, "other", ENVELOPE)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageEndingWith("aggregate_id is 'order-17', but the record's key is 'other'");
        assertThatThrownBy(
                () -> handle(enveloped(Order.class), new FakeRecord(5, null, ENVELOPE).with("X-Aggregate-ID", "other")))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageEndingWith("aggregate_id is 'order-17', but the record's header X-Aggregate-ID is 'other'");
    }

    @Test
    void whenTheAggregateIsLookedFor_thenTheHeaderComesBeforeTheKeyAndWhatIsNoneIsPassedOver() throws Throwable {
        ChannelInvocation orders = handler(String.class);
        orders.handle(new FakeRecord(1, "key", "x").with("X-Aggregate-ID", "header"), FakeRecord.attempt(1));
        orders.handle(new FakeRecord(2, "key", "x").with("aggregate-id", "other form"), FakeRecord.attempt(1));
        orders.handle(new FakeRecord(3, "key", "x").with("aggregate-id", "form"), FakeRecord.attempt(1));
        orders.handle(new FakeRecord(4, "not valid", "x"), FakeRecord.attempt(1));

        assertThat(seen).extracting(Event::aggregateId).containsExactly("header", "key", "form", null);
    }

    // Routing

    @Test
    void whenTheChannelIsByType_thenTheHeaderElseTheEnvelopeSelects() throws Throwable {
        List<@Nullable String> types = new ArrayList<>();
        HandlerInvoker invoker = invoker(byte[].class, false, List.of(), event -> null);
        ChannelInvocation orders = invocation(new Handlers(true, invoker) {

            @Override
            public HandlerInvoker select(@Nullable String eventType) {
                types.add(eventType);
                return invoker;
            }
        }, Unmatched.FAIL);

        orders.handle(new FakeRecord(1, null, ENVELOPE).with("X-Event-Type", "from.header"), FakeRecord.attempt(1));
        orders.handle(new FakeRecord(2, null, ENVELOPE), FakeRecord.attempt(1));
        orders.handle(new FakeRecord(3, null, "text"), FakeRecord.attempt(1));
        orders.handle(new FakeRecord(4, null, null), FakeRecord.attempt(1));

        assertThat(types).containsExactly("from.header", "order.placed", null, null);
    }

    @Test
    void whenNoHandlerTakesTheType_thenItFailsUnlessThatIsIgnored() throws Throwable {
        Handlers none = new Handlers(true) {

            @Override
            public @Nullable HandlerInvoker select(@Nullable String eventType) {
                return null;
            }
        };
        FakeRecord record = new FakeRecord(5, null, "x").with("X-Event-Type", "unheard.of");

        assertThatThrownBy(() -> invocation(none, Unmatched.FAIL).handle(record, FakeRecord.attempt(1)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("orders-topic-3@5").hasMessageContaining("@EventType(\"unheard.of\")")
                .hasMessageContaining("quarkus.eventlane.incoming.orders.unmatched=ignore");
        invocation(none, Unmatched.IGNORE).handle(record, FakeRecord.attempt(1));
        assertThat(scope).isEmpty();
    }

    // Running

    @Test
    void whenTheMethodRuns_thenItHasARequestScopeAndTheApplicationsClassLoader() throws Throwable {
        AtomicReference<ClassLoader> loader = new AtomicReference<>();
        ChannelInvocation orders = running(String.class, List.of(), event -> {
            scope.add("method");
            loader.set(Thread.currentThread().getContextClassLoader());
            return null;
        });
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            handle(orders, new FakeRecord(5, "k", "x"));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        assertThat(scope).containsExactly("begin", "method", "end");
        assertThat(loader).hasValue(APPLICATION);
    }

    @Test
    void whenTheMethodThrows_thenThatIsTheFailureAndTheScopeEnds() {
        Error failure = new StackOverflowError("in the handler");
        ChannelInvocation orders = running(String.class, List.of(), event -> {
            throw failure;
        });

        assertThatThrownBy(() -> handle(orders, new FakeRecord(5, "k", "x"))).isSameAs(failure);
        assertThat(scope).containsExactly("begin", "end");
    }

    @Test
    void whenTheMethodReturnsAStage_thenItIsAwaitedInsideTheScope() throws Throwable {
        CompletableFuture<@Nullable Object> stage = new CompletableFuture<>();
        AtomicBoolean done = new AtomicBoolean();
        ChannelInvocation orders = running(String.class, List.of(), event -> stage);
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                handle(orders, new FakeRecord(5, "k", "x"));
                done.set(true);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> worker.getState() == Thread.State.WAITING);
        assertThat(scope).containsExactly("begin");

        stage.complete(null);

        assertThat(worker.join(Duration.ofSeconds(20))).isTrue();
        assertThat(done).isTrue();
        assertThat(scope).containsExactly("begin", "end");
    }

    @Test
    void whenAStageOrUniFails_thenItsFailureIsTheHandlers() {
        Exception failure = new Exception("later");

        assertThatThrownBy(() -> handle(running(String.class, List.of(), event -> CompletableFuture.failedFuture(failure)),
                new FakeRecord(5, "k", "x"))).isSameAs(failure);
        assertThatThrownBy(() -> handle(running(String.class, List.of(), event -> Uni.createFrom().failure(failure)),
                new FakeRecord(5, "k", "x"))).isSameAs(failure);
    }

    @Test
    void whenTheWaitIsInterrupted_thenTheStageIsCancelled() throws Exception {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread worker = Thread.ofVirtual().start(() -> {
            try {
                handle(running(String.class, List.of(), event -> stage), new FakeRecord(5, "k", "x"));
            } catch (Throwable e) {
                failure.set(e);
            }
        });
        await().until(() -> worker.getState() == Thread.State.WAITING);

        worker.interrupt();

        assertThat(worker.join(Duration.ofSeconds(20))).isTrue();
        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        assertThat(stage).isCancelled();
    }

    // Publishing what it returned

    @Test
    void whenTheMethodReturnsAPayload_thenItIsPublishedUnderTheIncomingKey() throws Throwable {
        handle(running(String.class, List.of("shipped", "audit"), event -> "result"), new FakeRecord(5, "k", "x"));

        assertThat(outbound.sent).hasSize(2).allSatisfy(record -> {
            assertThat(record.key()).asString(UTF_8).isEqualTo("k");
            assertThat(record.payload()).asString(UTF_8).isEqualTo("result");
        });
        assertThat(outbound.sent).extracting(OutboundRecord::eventId).doesNotHaveDuplicates();
    }

    @Test
    void whenTheSameRecordIsHandledAgain_thenItsResultsHaveTheSameIds() throws Throwable {
        ChannelInvocation orders = running(String.class, List.of("shipped"), event -> List.of("a", "b"));

        handle(orders, new FakeRecord(5, "k", "x"));
        handle(orders, new FakeRecord(5, "k", "x"));
        handle(orders, new FakeRecord(6, "k", "x"));

        List<String> ids = outbound.sent.stream().map(OutboundRecord::eventId).toList();
        assertThat(ids.subList(2, 4)).isEqualTo(ids.subList(0, 2));
        assertThat(ids.stream().distinct()).hasSize(4);
    }

    @Test
    void whenTheMethodReturnsAnEnvelope_thenItKeepsItsIdAndAggregate() throws Throwable {
        handle(running(String.class, List.of("shipped"), event -> Uni.createFrom().item(
                Envelope.of("other", "t", 1, "x").withEventId("own"))), new FakeRecord(5, "k", "x"));

        assertThat(outbound.sent.getFirst().eventId()).isEqualTo("own");
        assertThat(outbound.sent.getFirst().key()).asString(UTF_8).isEqualTo("other");
    }

    @Test
    void whenTheMethodReturnsNull_thenNothingIsPublished() throws Throwable {
        handle(running(String.class, List.of("shipped"), event -> null), new FakeRecord(5, "k", "x"));
        handle(running(String.class, List.of("shipped"), event -> Arrays.asList("a", null, "b")), new FakeRecord(5, "k", "x"));
        handle(running(String.class, List.of("shipped"), event -> List.of()), new FakeRecord(5, "k", "x"));

        assertThat(outbound.sent).extracting(record -> new String(Objects.requireNonNull(record.payload()), UTF_8))
                .containsExactly("a", "b");
    }

    @Test
    void whenPublishingFails_thenOnlyWhatIsUnacknowledgedIsRepeatedWithoutRunningTheMethodAgain() throws Throwable {
        List<Integer> runs = new ArrayList<>();
        ChannelInvocation orders = running(String.class, List.of("shipped"), event -> {
            runs.add(event.attempt());
            return List.of("a", "b", "c");
        });
        FakeRecord record = new FakeRecord(5, "k", "x");
        outbound.broker = sent -> new String(Objects.requireNonNull(sent.payload()), UTF_8).equals("a")
                ? FakeOutbound.acknowledged(0)
                : FakeOutbound.failed(Reason.UNREACHABLE, Status.UNKNOWN);

        assertThatThrownBy(() -> orders.handle(record, FakeRecord.attempt(1)))
                .isInstanceOfSatisfying(PublishException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        outbound.broker = sent -> FakeOutbound.acknowledged(0);
        orders.handle(record, FakeRecord.attempt(2));

        assertThat(runs).containsExactly(1);
        assertThat(outbound.sent).extracting(sent -> new String(Objects.requireNonNull(sent.payload()), UTF_8))
                .containsExactly("a", "b", "c", "b", "c");
        assertThat(outbound.sent.get(3).eventId()).isEqualTo(outbound.sent.get(1).eventId());
        assertThat(record.kept()).isNull();
    }

    @Test
    void whenOneResultCannotBeEncoded_thenNoneIsSent() {
        ChannelInvocation orders = running(String.class, List.of("shipped"), event -> List.of("a", new Object()));
        FakeRecord record = new FakeRecord(5, "k", "x");

        assertThatThrownBy(() -> orders.handle(record, FakeRecord.attempt(1))).hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> orders.handle(record, FakeRecord.attempt(2))).hasMessageContaining("java.lang.Object");
        assertThat(outbound.sent).isEmpty();
    }

    private static void handle(ChannelInvocation invocation, FakeRecord record) throws Throwable {
        invocation.handle(record, FakeRecord.attempt(1));
    }

    private ChannelInvocation handler(Type payload) {
        return running(payload, List.of(), event -> null);
    }

    private ChannelInvocation enveloped(Type payload) {
        return single(invoker(payload, true, List.of(), event -> null));
    }

    private ChannelInvocation running(Type payload, List<String> outgoing, Body body) {
        return single(invoker(payload, false, outgoing, body));
    }

    private ChannelInvocation single(HandlerInvoker invoker) {
        return invocation(new Handlers(false, invoker) {

            @Override
            public HandlerInvoker select(@Nullable String eventType) {
                return invoker;
            }
        }, Unmatched.FAIL);
    }

    private static final ClassLoader APPLICATION = new URLClassLoader(new URL[0]);

    private ChannelInvocation invocation(ChannelHandlers handlers, Unmatched unmatched) {
        return new ChannelInvocation(handlers, "shop", unmatched, codecs, publishing::channel, new RequestScope() {

            @Override
            public void begin() {
                scope.add("begin");
            }

            @Override
            public void end() {
                scope.add("end");
            }
        }, APPLICATION);
    }

    private HandlerInvoker invoker(Type payload, boolean envelope, List<String> outgoing, Body body) {
        return new HandlerInvoker(new HandlerMethod("test.Orders#on", payload, envelope, false, null, outgoing)) {

            @Override
            public @Nullable Object invoke(Event<?> event) throws Throwable {
                seen.add(event);
                return body.run(event);
            }
        };
    }

    private abstract static class Handlers extends ChannelHandlers {

        Handlers(boolean byType, HandlerInvoker... invokers) {
            super("orders", byType, invokers);
        }
    }

    private interface Body {

        @Nullable
        Object run(Event<?> event) throws Throwable;
    }
}
