package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.engine.Ordering;
import io.eventlane.jetstream.ConsumerSettings.Start;
import io.eventlane.spi.InboundHandler;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;

/** What is configured of consumers is what the server has, or is asked. */
class JetStreamConsumerSettingsTest {

    private final TestNats nats = TestNats.shared();
    private final String topic = nats.topic();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nats.close();
    }

    private TestIncoming channel() {
        return new TestIncoming(nats, topic, (record, delivery) -> handled.add(TestNats.text(record.payload())));
    }

    private static ConsumerSettings settings(Start start) {
        return new ConsumerSettings("ignored", start, Duration.ofSeconds(7), 123, 45, 6, 1, 89, Duration.ofSeconds(10), true,
                Duration.ofSeconds(11));
    }

    private ConsumerConfiguration configured(TestIncoming channel) throws Exception {
        try (var running = channel.start()) {
            running.awaitReady();
            return nats.consumer(topic).getConsumerConfiguration();
        }
    }

    @Test
    void whenEverythingIsConfigured_thenTheServerHasIt() throws Exception {
        ConsumerConfiguration consumer = configured(channel().consumer(settings(new Start.All())));

        assertThat(consumer.getDurable()).isEqualTo(TestNats.group(topic));
        assertThat(consumer.getAckPolicy()).isEqualTo(AckPolicy.Explicit);
        assertThat(consumer.getAckWait()).isEqualTo(Duration.ofSeconds(7));
        assertThat(consumer.getMaxAckPending()).isEqualTo(123);
        assertThat(consumer.getMaxPullWaiting()).isEqualTo(45);
        assertThat(consumer.getMaxDeliver()).isEqualTo(6);
        assertThat(consumer.getNumReplicas()).isEqualTo(1);
        assertThat(consumer.getDeliverPolicy()).isEqualTo(DeliverPolicy.All);
        assertThat(consumer.getDescription()).isEqualTo("Eventlane, topic " + topic);
    }

    @Test
    void whenItChanges_thenTheServersChangesAndWhereItBeganStays() throws Exception {
        configured(channel());
        ConsumerConfiguration consumer = configured(channel().ackWait(Duration.ofSeconds(9)).maxAckPending(321));

        assertThat(consumer.getAckWait()).isEqualTo(Duration.ofSeconds(9));
        assertThat(consumer.getMaxAckPending()).isEqualTo(321);
        assertThat(consumer.getDeliverPolicy()).isEqualTo(DeliverPolicy.All);
    }

    @Test
    void whenTheServerDoesNotLetItChange_thenTheChannelSaysWhatDiffers() throws Exception {
        configured(channel());
        try (var running = channel().consumer(settings(new Start.All())).start()) {
            await().until(() -> running.status().troubles().stream()
                    .anyMatch(trouble -> trouble.what().contains("max-waiting is 512, wanted 45")));
        }
    }

    @Test
    void whenAPlaceToBeginIsConfigured_thenItBeginsThere() throws Exception {
        for (int i = 0; i < 5; i++) {
            nats.send(topic, "key", Integer.toString(i));
        }
        ZonedDateTime later = ZonedDateTime.parse("2199-01-01T00:00:00Z");
        assertThat(begin("seq", new Start.AtSequence(4), 2)).containsExactly("3", "4");
        assertThat(begin("last", new Start.Last(), 1)).containsExactly("4");
        assertThat(begin("subject", new Start.LastPerSubject(), 1)).containsExactly("4");
        assertThat(begin("all", new Start.All(), 5)).containsExactly("0", "1", "2", "3", "4");
        assertThat(begin("time", new Start.AtTime(later), 0)).isEmpty();
        assertThat(begin("new", new Start.New(), 0)).isEmpty();
        assertThat(nats.management().getConsumerInfo(topic, "time").getConsumerConfiguration().getStartTime()
                .toInstant()).isEqualTo(later.toInstant());
        assertThat(nats.management().getConsumerInfo(topic, "new").getConsumerConfiguration().getDeliverPolicy())
                .isEqualTo(DeliverPolicy.New);
    }

    private List<String> begin(String group, Start start, int expected) {
        handled.clear();
        try (var running = channel().group(group).consumer(settings(start)).start()) {
            running.awaitReady();
            await().until(() -> handled.size() == expected);
            return List.copyOf(handled);
        }
    }

    @Test
    void whenMessagesAreFetchedAndAcknowledged_thenAsConfigured() throws Exception {
        Queue<Message> requests = new ConcurrentLinkedQueue<>();
        Queue<Message> acks = new ConcurrentLinkedQueue<>();
        Dispatcher spy = nats.connection.createDispatcher();
        spy.subscribe("$JS.API.CONSUMER.MSG.NEXT." + topic + ".>", requests::add);
        spy.subscribe("$JS.ACK." + topic + ".>", acks::add);
        nats.connection.flush(Duration.ofSeconds(5));
        try (var running = channel().consumer(settings(new Start.All())).start()) {
            nats.send(topic, "key", "0");
            await().until(() -> !acks.isEmpty() && !requests.isEmpty());
        }

        assertThat(text(requests)).allMatch(request -> request.matches(
                "\\{\"batch\":([1-9]|[1-8][0-9]),\"max_bytes\":\\d+,\"expires\":10000000000,\"idle_heartbeat\":2000000000}"));
        assertThat(acks).allMatch(ack -> ack.getReplyTo() != null, "asks for a confirmation");
        byte[] group = nats.connection.keyValue(GroupBucket.NAME).get(topic + '.' + topic + '.' + TestNats.group(topic))
                .getValue();
        assertThat(new String(group, UTF_8)).doesNotContain("member").contains("partition 0 - -");
    }

    private static List<String> text(Queue<Message> messages) {
        return messages.stream().map(message -> new String(message.getData(), UTF_8)).toList();
    }

    @Test
    void whenTheSessionIsConfigured_thenTheGroupKnowsIt() throws Exception {
        try (var running = channel().consumer(settings(new Start.All())).start()) {
            running.awaitReady();
            byte[] group = nats.connection.keyValue(GroupBucket.NAME)
                    .get(topic + '.' + topic + '.' + TestNats.group(topic)).getValue();
            assertThat(new String(group, UTF_8)).containsPattern("member \\w+ \\d+ 11000 \\S+/\\d+");
        }
    }

    @Test
    void whenNoOrderIsAskedFor_thenWhoComesLaterTakesNothingFromTheOthers() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        InboundHandler holding = (record, delivery) -> {
            go.await();
            handled.add(TestNats.text(record.payload()));
        };
        try (var first = new TestIncoming(nats, topic, holding).ordering(Ordering.UNORDERED).start()) {
            nats.sendNumbered(topic, 10, 0, 5);
            await().until(() -> nats.consumer(topic).getNumAckPending() == 50);
            try (var second = channel().ordering(Ordering.UNORDERED).start()) {
                await().until(second::isReady);
                nats.send(topic, "last", "last");
                await().until(() -> handled.contains("last") || nats.consumer(topic).getNumAckPending() == 51);
                go.countDown();
                await().until(() -> nats.consumer(topic).getNumAckPending() == 0);
            }
        }
        assertThat(handled).hasSize(51);
    }

    @Test
    void whenAcknowledgementsAreConfirmed_thenAnEndWaitsForThemAndNoLonger() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        var running = new TestIncoming(nats, topic, (record, delivery) -> {
            started.countDown();
            go.await();
        }).consumer(settings(new Start.All())).start();
        nats.send(topic, "key", "payload");
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        Thread closing = Thread.ofPlatform().start(() -> running.close(Duration.ofSeconds(30)));
        await().until(() -> running.status().facts().get("consumers").toString().contains("closing"));
        go.countDown();

        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
        assertThat(nats.consumer(topic).getNumAckPending()).isZero();
    }

    @Test
    void whenNoOrderIsAskedFor_thenInstancesShareTheConsumerWithoutAGroup() throws Exception {
        try (var first = channel().ordering(Ordering.UNORDERED).start();
                var second = channel().ordering(Ordering.UNORDERED).start()) {
            await().until(() -> first.isReady() && second.isReady());
            nats.sendNumbered(topic, 10, 0, 10);
            await().until(() -> handled.size() == 100);
            await().until(() -> nats.consumer(topic).getNumAckPending() == 0);
            assertThat(nats.consumer(topic).getNumWaiting()).isGreaterThanOrEqualTo(2);
        }
    }
}
