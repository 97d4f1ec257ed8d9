package io.eventlane.runtime.invoke;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.eventlane.Event;
import io.eventlane.PublishException;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.runtime.ChannelHandlers;
import io.eventlane.runtime.HandlerInvoker;
import io.eventlane.runtime.HandlerMethod;
import io.eventlane.runtime.codec.Codecs;
import io.eventlane.runtime.config.EventlaneConfig.Unmatched;
import io.eventlane.runtime.invoke.FakeRecord.Attempt;
import io.eventlane.runtime.publish.FakeOutbound;
import io.eventlane.runtime.publish.Outbounds;
import io.eventlane.runtime.publish.Publishing;
import io.eventlane.spi.Outbound;
import io.smallrye.mutiny.Uni;

@Timeout(60)
class ManualAcknowledgementTest {

    private static final Exception REASON = new Exception("not today");

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
    private final List<Message<?>> messages = new ArrayList<>();
    private final List<String> scope = new ArrayList<>();

    @AfterEach
    void close() {
        publishing.close(Duration.ofSeconds(10));
    }

    // When the record is done

    @Test
    void whenTheMessageIsAcknowledgedInTheHandler_thenTheRecordIsDoneWhenItReturns() throws Throwable {
        assertThat(handle(message -> {
            message.ack();
            return null;
        }).doneWhen).isNull();
        assertThat(handle(Message::ack).doneWhen).isNull();
        assertThat(handle(message -> Uni.createFrom().completionStage(message::ack)).doneWhen).isNull();
    }

    @Test
    void whenTheMessageIsAcknowledgedLater_thenTheRecordIsDoneThen() throws Throwable {
        CompletableFuture<?> done = doneWhen(handle(message -> null));
        assertThat(done).isNotDone();
        assertThat(scope).containsExactly("begin", "end");

        Thread.ofVirtual().start(() -> messages.getFirst().ack()).join();

        assertThat(done).isCompletedWithValue(null);
    }

    @Test
    void whenTheMessageIsNackedLater_thenTheRecordFailsForThatReason() throws Throwable {
        CompletableFuture<?> done = doneWhen(handle(message -> null));

        messages.getFirst().nack(REASON);

        assertThat(done.exceptionNow()).isSameAs(REASON);
    }

    @Test
    void whenTheMessageIsNackedInTheHandler_thenTheRecordFailsForThatReason() throws Throwable {
        Attempt attempt = handle(message -> message.nack(REASON));

        assertThat(doneWhen(attempt).exceptionNow()).isSameAs(REASON);
    }

    @Test
    void whenTheMessageIsAcknowledgedAndNacked_thenTheFirstCounts() throws Throwable {
        assertThat(handle(message -> {
            message.ack();
            return message.nack(REASON);
        }).doneWhen).isNull();
        assertThat(doneWhen(handle(message -> {
            message.nack(REASON);
            return message.ack();
        })).exceptionNow()).isSameAs(REASON);
    }

    @Test
    void whenTheMessageIsAcknowledgedOrNacked_thenTheStageSaysAtOnceThatItWasTaken() throws Throwable {
        handle(message -> null);
        Message<?> message = messages.getFirst();

        assertThat(message.ack().toCompletableFuture()).isCompletedWithValue(null);
        assertThat(message.ack(Metadata.empty()).toCompletableFuture()).isCompletedWithValue(null);
        assertThat(message.nack(REASON).toCompletableFuture()).isCompletedWithValue(null);
        assertThat(message.nack(REASON, Metadata.empty()).toCompletableFuture()).isCompletedWithValue(null);
    }

    @Test
    void whenTheHandlerThrowsAfterTheAcknowledgement_thenItHasFailed() {
        FakeRecord record = record();
        Attempt attempt = FakeRecord.attempt(1);
        ChannelInvocation orders = running(List.of(), message -> {
            message.ack();
            throw REASON;
        });

        assertThatThrownBy(() -> orders.handle(record, attempt)).isSameAs(REASON);
        assertThat(attempt.doneWhen).isNull();
    }

    @Test
    void whenTheHandlerRunsAgain_thenItsOldMessageSaysNothingAboutTheNewRun() throws Throwable {
        FakeRecord record = record();
        ChannelInvocation orders = running(List.of(), message -> null);
        orders.handle(record, FakeRecord.attempt(1));
        messages.getFirst().nack(REASON);
        Attempt second = FakeRecord.attempt(2);

        orders.handle(record, second);
        messages.getFirst().ack();

        assertThat(doneWhen(second)).isNotDone();
        assertThat(messages).extracting(ManualAcknowledgementTest::event).extracting(Event::attempt).containsExactly(1, 2);
        messages.getLast().ack();
        assertThat(doneWhen(second)).isCompletedWithValue(null);
    }

    @Test
    void whenTheHandlerTakesNoMessage_thenItsEventIsNone() throws Throwable {
        Attempt attempt = FakeRecord.attempt(1);
        List<Event<?>> events = new ArrayList<>();

        invocation(false, List.of(), events::add).handle(record(), attempt);

        assertThat(events).hasSize(1).doesNotHaveAnyElementsOfTypes(Message.class);
        assertThat(attempt.doneWhen).isNull();
    }

    // What the message holds

    @Test
    void whenTheMessageIsReadFrom_thenItHasThePayloadTheEventAndTheBrokersRecord() throws Throwable {
        handle(message -> null);
        Message<?> message = messages.getFirst();

        assertThat(message.getPayload()).isEqualTo("x");
        assertThat(event(message)).extracting(Event::payload, Event::key, Event::isRevoked).containsExactly("x", "k", false);
        assertThat(event(message).header("h")).isEqualTo("1");
        assertThat(message.getMetadata(FakeRecord.class)).isPresent();
        assertThat(message.unwrap(FakeRecord.class)).isSameAs(message.getMetadata(FakeRecord.class).orElseThrow());
    }

    @Test
    void whenAMessageIsMadeOfIt_thenItStillSpeaksForTheRecord() throws Throwable {
        CompletableFuture<?> acked = doneWhen(handle(message -> null));
        CompletableFuture<?> nacked = doneWhen(handle(message -> null));

        Message<?> acking = messages.get(0).withPayload(17).addMetadata("more");
        Message<?> nacking = messages.get(1).addMetadata("more").withPayload(17);
        assertThat(acking.getPayload()).isEqualTo(17);
        assertThat(event(acking).payload()).isEqualTo("x");
        assertThat(acking.getMetadata(String.class)).contains("more");
        acking.ack(Metadata.of("unused"));
        nacking.nack(REASON, Metadata.of("unused"));

        assertThat(acked).isCompletedWithValue(null);
        assertThat(nacked.exceptionNow()).isSameAs(REASON);
    }

    @Test
    void whenTheRecordIsATombstone_thenTheMessageHasNoPayload() throws Throwable {
        Attempt attempt = FakeRecord.attempt(1);
        running(List.of(), message -> null).handle(new FakeRecord(5, "k", null), attempt);

        Message<?> message = messages.getFirst().addMetadata("more");
        assertThat(message.getPayload()).isNull();
        message.ack();

        assertThat(doneWhen(attempt)).isCompletedWithValue(null);
    }

    // Beside results

    @Test
    void whenTheHandlerReturnsResults_thenTheyArePublishedBeforeTheAcknowledgementIsAwaited() throws Throwable {
        FakeRecord record = record();
        Attempt attempt = FakeRecord.attempt(1);
        outbound.broker = sent -> {
            assertThat(attempt.doneWhen).isNull();
            return FakeOutbound.acknowledged(0);
        };

        running(List.of("shipped"), message -> List.of("a", "b")).handle(record, attempt);

        assertThat(sent()).containsExactly("a", "b");
        assertThat(doneWhen(attempt)).isNotDone();
        assertThat(record.kept()).isNull();
    }

    @Test
    void whenTheMessageIsNackedInTheHandler_thenItsResultsAreNotPublished() throws Throwable {
        FakeRecord record = record();
        Attempt attempt = FakeRecord.attempt(1);

        running(List.of("shipped"), message -> {
            message.nack(REASON);
            return "a";
        }).handle(record, attempt);

        assertThat(sent()).isEmpty();
        assertThat(record.kept()).isNull();
        assertThat(doneWhen(attempt).exceptionNow()).isSameAs(REASON);
    }

    @Test
    void whenPublishingFails_thenItIsRepeatedWithoutTheHandlerAndTheAcknowledgementStillAwaited() throws Throwable {
        FakeRecord record = record();
        ChannelInvocation orders = failedToPublish(record, message -> List.of("a", "b"));
        Attempt second = FakeRecord.attempt(2);

        orders.handle(record, second);

        assertThat(messages).hasSize(1);
        assertThat(sent()).containsExactly("a", "b", "a", "b");
        assertThat(doneWhen(second)).isNotDone();
        messages.getFirst().ack();
        assertThat(doneWhen(second)).isCompletedWithValue(null);
    }

    @Test
    void whenTheMessageIsAcknowledgedButPublishingFails_thenThatIsRepeatedAndTheRecordDone() throws Throwable {
        FakeRecord record = record();
        ChannelInvocation orders = failedToPublish(record, message -> {
            message.ack();
            return "a";
        });
        Attempt second = FakeRecord.attempt(2);

        orders.handle(record, second);

        assertThat(sent()).containsExactly("a", "a");
        assertThat(second.doneWhen).isNull();
    }

    @Test
    void whenTheMessageIsNackedBeforeItsResultsArePublishedAgain_thenTheHandlerRunsAgainInstead() throws Throwable {
        FakeRecord record = record();
        ChannelInvocation orders = failedToPublish(record, message -> "a");
        Attempt second = FakeRecord.attempt(2);
        Attempt third = FakeRecord.attempt(3);
        messages.getFirst().nack(REASON);

        orders.handle(record, second);
        assertThat(doneWhen(second).exceptionNow()).isSameAs(REASON);
        assertThat(sent()).containsExactly("a");
        orders.handle(record, third);

        assertThat(messages).hasSize(2);
        assertThat(sent()).containsExactly("a", "a");
        assertThat(doneWhen(third)).isNotDone();
    }

    private ChannelInvocation failedToPublish(FakeRecord record, Body body) {
        ChannelInvocation orders = running(List.of("shipped"), body);
        Attempt first = FakeRecord.attempt(1);
        outbound.broker = sent -> FakeOutbound.failed(Reason.UNREACHABLE, Status.UNKNOWN);
        assertThatThrownBy(() -> orders.handle(record, first)).isInstanceOf(PublishException.class);
        assertThat(first.doneWhen).isNull();
        outbound.broker = sent -> FakeOutbound.acknowledged(0);
        return orders;
    }

    private List<String> sent() {
        return outbound.sent.stream().map(sent -> new String(Objects.requireNonNull(sent.payload()), UTF_8)).toList();
    }

    private static FakeRecord record() {
        return new FakeRecord(5, "k", "x").with("h", "1");
    }

    private static Event<?> event(Message<?> message) {
        return message.getMetadata(Event.class).orElseThrow();
    }

    private static CompletableFuture<?> doneWhen(Attempt attempt) {
        CompletionStage<?> stage = attempt.doneWhen;
        assertThat(stage).as("the stage that the record waits for").isNotNull();
        return Objects.requireNonNull(stage).toCompletableFuture();
    }

    private Attempt handle(Body body) throws Throwable {
        Attempt attempt = FakeRecord.attempt(1);
        running(List.of(), body).handle(record(), attempt);
        return attempt;
    }

    private ChannelInvocation running(List<String> outgoing, Body body) {
        return invocation(true, outgoing, event -> {
            Message<?> message = (Message<?>) event;
            messages.add(message);
            return body.run(message);
        });
    }

    private ChannelInvocation invocation(boolean message, List<String> outgoing, Call call) {
        HandlerMethod method = new HandlerMethod("test.Orders#on", String.class, false, message, null, outgoing);
        HandlerInvoker invoker = new HandlerInvoker(method) {

            @Override
            public @Nullable Object invoke(Event<?> event) throws Throwable {
                return call.invoke(event);
            }
        };
        ChannelHandlers handlers = new ChannelHandlers("orders", false, invoker) {

            @Override
            public HandlerInvoker select(@Nullable String eventType) {
                return invoker;
            }
        };
        return new ChannelInvocation(handlers, "shop", Unmatched.FAIL, codecs, publishing::channel, new RequestScope() {

            @Override
            public void begin() {
                scope.add("begin");
            }

            @Override
            public void end() {
                scope.add("end");
            }
        }, getClass().getClassLoader());
    }

    private interface Body {

        @Nullable
        Object run(Message<?> message) throws Throwable;
    }

    private interface Call {

        @Nullable
        Object invoke(Event<?> event) throws Throwable;
    }
}
