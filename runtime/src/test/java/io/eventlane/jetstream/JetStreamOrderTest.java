package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.eventlane.channel.OrderJournal;
import io.eventlane.engine.Ordering;
import io.eventlane.engine.Verdict;
import io.eventlane.jetstream.ConsumerSettings.Start;
import io.eventlane.spi.InboundHandler;
import io.nats.client.api.ConsumerInfo;

/** Messages of one channel on a real server, with handlers that take their time and fail. */
class JetStreamOrderTest {

    private static final int KEYS = 40;
    private static final int PER_KEY = 100;

    private final TestNats nats = TestNats.shared();
    private final String topic = nats.topic();
    private final OrderJournal journal = new OrderJournal();

    @AfterEach
    void close() {
        nats.close();
    }

    @Test
    void whenHandlersTakeDifferentTimes_thenEachKeyIsInOrderAndEverythingIsAcknowledged() throws Exception {
        nats.sendNumbered(topic, KEYS, 0, PER_KEY);
        try (var running = new TestIncoming(nats, topic,
                journal.handler((record, delivery) -> Thread.sleep(ThreadLocalRandom.current().nextInt(3)))).start()) {
            await().until(() -> journal.finished() == KEYS * PER_KEY);
            await().until(() -> nats.consumer(topic).getNumAckPending() == 0);
        }

        journal.assertInOrder();
        assertThat(journal.starts).hasValue(KEYS * PER_KEY);
        ConsumerInfo consumer = nats.consumer(topic);
        assertThat(consumer.getAckFloor().getStreamSequence()).isEqualTo(KEYS * PER_KEY);
        assertThat(consumer.getRedelivered()).isZero();
    }

    @Test
    void whenHandlersFail_thenOnlyTheirKeyWaitsAndNothingOvertakesWithinIt() throws Exception {
        Map<String, Integer> failed = new ConcurrentHashMap<>();
        nats.sendNumbered(topic, KEYS, 0, PER_KEY);
        var channel = new TestIncoming(nats, topic, journal.handler((record, delivery) -> {
            if (delivery.attempt() < 3 && ThreadLocalRandom.current().nextInt(20) == 0) {
                failed.merge(TestNats.text(record.key()), 1, Integer::sum);
                throw new IllegalStateException("on purpose");
            }
        }));
        try (var running = channel.start()) {
            await().until(() -> journal.finished() == KEYS * PER_KEY);
        }

        journal.assertInOrder();
        assertThat(failed).isNotEmpty();
        assertThat(nats.consumer(topic).getRedelivered()).as("it is tried again here, not by the server").isZero();
    }

    @Test
    void whenTheNewestMessageWentElsewhereAndNoneFollows_thenItIsAskedBackAllTheSame() throws Exception {
        try (var running = new TestIncoming(nats, topic, journal.handler((record, delivery) -> {
        })).ackWait(Duration.ofMinutes(10)).start()) {
            running.awaitReady();
            try (ForeignConsumer greedy = ForeignConsumer.ask(nats, topic, 1)) {
                int sent = 0;
                while (greedy.taken() == 0) {
                    nats.sendNumbered(topic, 1, sent, ++sent);
                }
                int all = sent;
                await().until(() -> journal.finished() == all);
            }
        }
        journal.assertInOrder();
    }

    @Test
    void whenAParkedKeyHoldsAsManyAsMayBeUnacknowledged_thenTheChannelNamesIt() throws Exception {
        nats.sendNumbered(topic, 1, 0, 30);
        try (var running = new TestIncoming(nats, topic, (record, delivery) -> {
            throw new IllegalStateException("on purpose");
        }).maxAckPending(10).policy((record, attempt, failure) -> new Verdict.Park(Duration.ofMinutes(1))).start()) {
            await().untilAsserted(() -> assertThat(running.status().troubles())
                    .anyMatch(trouble -> trouble.what().contains("key 'key-0'")));
        }
    }

    @Test
    @Tag("wide")
    void whenAnotherInstanceHoldsAsManyAsMayBeUnacknowledged_thenTheChannelSaysThatNothingComes() throws Exception {
        nats.sendNumbered(topic, 1, 0, 30);
        CountDownLatch release = new CountDownLatch(1);
        InboundHandler holds = (record, delivery) -> release.await();
        try (var one = new TestIncoming(nats, topic, holds).ordering(Ordering.UNORDERED).maxAckPending(10).start()) {
            await().until(() -> nats.consumer(topic).getNumAckPending() == 10);
            try (var other = new TestIncoming(nats, topic, holds).ordering(Ordering.UNORDERED).maxAckPending(10).start()) {
                await().untilAsserted(() -> assertThat(other.status().troubles())
                        .anyMatch(trouble -> trouble.what().contains("(max-ack-pending, 10)")));
                release.countDown();
                other.awaitReady();
            }
        }
    }

    @Test
    void whenAConsumerOfNewMessagesIsDeletedBeforeAnyCame_thenOldOnesAreNotHandled() throws Exception {
        nats.sendNumbered(topic, 1, 0, 30);
        ConsumerSettings fromNow = new ConsumerSettings("", new Start.New(), Duration.ofSeconds(30), 10_000, 512, -1, 0, 500,
                Duration.ofSeconds(30), false, Duration.ofSeconds(2));
        Queue<String> handled = new ConcurrentLinkedQueue<>();
        try (var running = new TestIncoming(nats, topic,
                (record, delivery) -> handled.add(TestNats.text(record.payload()))).consumer(fromNow).start()) {
            running.awaitReady();
            nats.management().deleteConsumer(TopicSpec.streamOf(topic), TestNats.group(topic));
            await().ignoreExceptions().until(() -> nats.consumer(topic) != null);
            running.awaitReady();
            nats.sendNumbered(topic, 1, 30, 31);
            await().until(() -> !handled.isEmpty());
        }
        assertThat(handled).containsExactly("30");
    }

    @Test
    void whenAnInstanceStopsInTheMiddle_thenTheNextOneGoesOnWithoutRepeatingAnything() throws Exception {
        nats.sendNumbered(topic, KEYS, 0, PER_KEY);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        OrderJournal.Work slow = (record, delivery) -> {
            Thread.sleep(5);
            seen.add(record.position().toString());
        };
        try (var first = new TestIncoming(nats, topic, journal.handler(slow)).maxConcurrency(8).start()) {
            await().until(() -> journal.finished() > 500);
        }
        long before = journal.starts.get();
        assertThat(before).isLessThan(KEYS * PER_KEY);
        assertThat(nats.consumer(topic).getNumAckPending() + nats.consumer(topic).getNumPending())
                .isEqualTo(KEYS * PER_KEY - before);

        try (var second = new TestIncoming(nats, topic, journal.handler(slow)).start()) {
            await().until(() -> journal.finished() == KEYS * PER_KEY);
        }

        journal.assertInOrder();
        assertThat(journal.starts).hasValue(KEYS * PER_KEY);
    }
}
