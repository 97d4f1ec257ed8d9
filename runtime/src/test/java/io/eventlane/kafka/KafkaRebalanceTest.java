package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.channel.OrderJournal;

/** Partitions move between two members while their records are being handled. */
class KafkaRebalanceTest {

    private static final int KEYS = 60;
    private static final int PER_ROUND = 5;

    private final KafkaTestBroker broker = KafkaTestBroker.shared();
    private final OrderJournal journal = new OrderJournal();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "classic", "consumer" })
    void whenMembersComeAndGo_thenNothingIsLostOverlapsOrOvertakes(String protocol) {
        String topic = broker.topic(8);
        AtomicInteger second = new AtomicInteger();
        var stays = member(topic, protocol, new AtomicInteger()).start();
        var comes = member(topic, protocol, second).start();
        int perKey = sendWhile(topic, 0, () -> second.get() < 500);
        comes.close();
        int handledByTheSecond = second.get();
        int all = KEYS * sendWhile(topic, perKey, () -> journal.finished() < KEYS * perKey);
        await().atMost(Duration.ofSeconds(40)).until(() -> journal.finished() == all);
        stays.close();

        journal.assertInOrder();
        assertThat(second).hasValue(handledByTheSecond);
        assertThat(journal.starts.get()).as("a drained revoke repeats nothing").isEqualTo(all);
    }

    @Test
    void whenAHandlerOutlastsTheRevokeTimeout_thenItIsToldThatThePartitionIsGone() {
        String topic = broker.topic(2);
        broker.send(topic, 0, "a", "0");
        broker.send(topic, 1, "b", "0");
        broker.flush();
        AtomicInteger waiting = new AtomicInteger();
        AtomicBoolean told = new AtomicBoolean();
        AtomicBoolean release = new AtomicBoolean();
        var stays = new TestChannel(broker, topic, (record, delivery) -> {
            waiting.incrementAndGet();
            while (!release.get() && !delivery.isRevoked()) {
                Thread.onSpinWait();
                Thread.yield();
            }
            told.compareAndSet(false, delivery.isRevoked());
        }).revokeTimeout(Duration.ofMillis(200)).start();
        await().until(() -> waiting.get() == 2);

        AtomicInteger second = new AtomicInteger();
        try (var comes = new TestChannel(broker, topic, (record, delivery) -> second.incrementAndGet()).start()) {
            await().untilTrue(told);
            // The handler that was told has ended, perhaps before the progress of its partition was committed.
            broker.send(topic, 0, "a", "1");
            broker.send(topic, 1, "b", "1");
            broker.flush();
            await().until(() -> second.get() > 0);
        } finally {
            release.set(true);
            stays.close();
        }
    }

    /** Keeps the members busy; returns how many records each key has then. */
    private int sendWhile(String topic, int from, BooleanSupplier condition) {
        int next = from;
        while (condition.getAsBoolean()) {
            int sent = next;
            if (journal.finished() > (long) KEYS * (sent - 2 * PER_ROUND)) {
                broker.sendNumbered(topic, KEYS, sent, sent + PER_ROUND);
                next = sent + PER_ROUND;
            }
            Thread.yield();
        }
        return next;
    }

    private TestChannel member(String topic, String protocol, AtomicInteger handled) {
        return new TestChannel(broker, topic, journal.handler((record, delivery) -> {
            Thread.sleep(ThreadLocalRandom.current().nextInt(15));
            handled.incrementAndGet();
        })).attribute("group.protocol", protocol).maxConcurrency(8);
    }
}
