package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Event;
import io.eventlane.EventBus;
import io.eventlane.Position;
import io.quarkus.test.QuarkusUnitTest;

/** Each channel has one partition, and one worker at most. */
@Timeout(120)
class ManualAcknowledgementTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handlers.class)
            .overrideConfigKey("quarkus.eventlane.incoming.manual.max-concurrency", "1")
            .overrideConfigKey("quarkus.eventlane.incoming.manual.commit-interval", "50ms")
            .overrideConfigKey("quarkus.eventlane.incoming.manual.retry.initial-delay", "50ms")
            .overrideConfigKey("quarkus.eventlane.incoming.witness.commit-interval", "50ms");

    @Inject
    EventBus bus;

    @Inject
    Handlers handlers;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @ConfigProperty(name = "quarkus.application.name")
    String group;

    private final List<Message<String>> taken = new ArrayList<>();

    @AfterEach
    void acknowledgeTheRest() {
        taken.forEach(Message::ack);
    }

    @Test
    void whenAnEventIsNotAcknowledged_thenTheNextOfItsKeyWaitsAndOtherKeysGoOn() throws Exception {
        publish("manual", "a", "a1");
        publish("manual", "a", "a2");
        publish("manual", "b", "b1");

        Message<String> first = next("a1");
        next("b1");
        assertThat(handlers.started).isEmpty();
        acknowledgeElsewhere(first);

        next("a2");
    }

    @Test
    void whenAnEventIsNotAcknowledged_thenNothingBehindItIsCommitted() throws Exception {
        publish("manual", "c", "c1");
        publish("manual", "d", "d1");
        Message<String> first = next("c1");
        next("d1").ack();
        awaitACommit();

        assertThat(committed(position(first))).isEqualTo(position(first).offset());
        acknowledgeElsewhere(first);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(committed(position(first))).isEqualTo(position(first).offset() + 2));
    }

    @Test
    void whenMoreEventsWaitForTheirAcknowledgementThanMayRun_thenOthersStillStart() throws Exception {
        for (int i = 0; i < 20; i++) {
            publish("manual", "e" + i, "e" + i);
        }

        for (int i = 0; i < 20; i++) {
            next("e" + i);
        }
    }

    @Test
    void whenAnEventIsNacked_thenItRunsAgainWithANewMessageBeforeTheNextOfItsKey() throws Exception {
        publish("manual", "f", "f1");
        publish("manual", "f", "f2");
        publish("manual", "g", "g1");
        Message<String> first = next("f1");
        next("g1");

        Thread.ofVirtual().start(() -> first.nack(new Exception("not today"))).join();
        Message<String> second = next("f1");
        assertThat(event(second).attempt()).isEqualTo(2);
        first.ack();
        publish("manual", "h", "h1");
        next("h1");
        assertThat(handlers.started).as("after the old message was acknowledged").isEmpty();
        second.ack();

        next("f2");
    }

    @Test
    void whenAHandlerHasTakenAMessage_thenItsMetadataAreTheEventAndTheRecord() throws Exception {
        publish("manual", "i", "i1");

        Message<String> message = next("i1");

        assertThat(event(message).key()).isEqualTo("i");
        assertThat(event(message).isRevoked()).isFalse();
        assertThat(message.getMetadata(ConsumerRecord.class).orElseThrow().offset()).isEqualTo(position(message).offset());
    }

    @Test
    void whenAHandlerReturnsAResult_thenItIsPublishedBeforeTheAcknowledgement() throws Exception {
        publish("manual-chain", "k", "x");

        assertThat(handlers.results.poll(30, TimeUnit.SECONDS)).isEqualTo("result of x");
        next("x").ack();
    }

    private void publish(String channel, String key, String payload) throws Exception {
        bus.publish(channel, key, payload).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Message<String> next(String payload) throws InterruptedException {
        Message<String> message = handlers.started.poll(30, TimeUnit.SECONDS);
        assertThat(message).as("the next message").isNotNull();
        taken.add(message);
        assertThat(message.getPayload()).isEqualTo(payload);
        return message;
    }

    private static void acknowledgeElsewhere(Message<?> message) throws InterruptedException {
        Thread.ofPlatform().start(message::ack).join();
    }

    private static Event<?> event(Message<?> message) {
        return message.getMetadata(Event.class).orElseThrow();
    }

    private static Position position(Message<?> message) {
        return event(message).position();
    }

    /** Waits until all that was done before has been committed, if it could be: both channels share a consumer. */
    private void awaitACommit() throws Exception {
        publish("witness", "w", "w");
        Position position = handlers.witnessed.poll(30, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(committed(position)).isEqualTo(position.offset() + 1));
    }

    private long committed(Position position) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata().get(30, TimeUnit.SECONDS);
            OffsetAndMetadata offset = offsets.get(new TopicPartition(position.source(), position.partition()));
            return offset == null ? -1 : offset.offset();
        }
    }

    @Singleton
    public static class Handlers {

        final BlockingQueue<Message<String>> started = new LinkedBlockingQueue<>();
        final BlockingQueue<String> results = new LinkedBlockingQueue<>();
        final BlockingQueue<Position> witnessed = new LinkedBlockingQueue<>();

        @Incoming("manual")
        void take(Message<String> message) {
            started.add(message);
        }

        @Incoming("manual-chain")
        @Outgoing("manual-results")
        String chain(Message<String> message) {
            started.add(message);
            return "result of " + message.getPayload();
        }

        @Incoming("manual-results")
        void result(String result) {
            results.add(result);
        }

        @Incoming("witness")
        void witness(Event<String> event) {
            witnessed.add(event.position());
        }
    }
}
