package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventlane.channel.OrderJournal;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Trouble;

/** Events that keep coming and being handled while something happens to the broker. */
final class SteadyFlow implements AutoCloseable {

    private static final int KEYS = 30;
    private static final int MOST_BEHIND = 10;
    static final Duration PATIENCE = Duration.ofMinutes(3);

    final OrderJournal journal = new OrderJournal();
    private final KafkaTestBroker broker;
    private final String topic;
    private final TestChannel.Running running;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Thread publisher;

    SteadyFlow(KafkaTestBroker broker, String topic, OrderJournal.Work work) {
        this.broker = broker;
        this.topic = topic;
        this.running = new TestChannel(broker, topic, journal.handler(work)).start();
        this.publisher = Thread.ofVirtual().start(this::publish);
    }

    private void publish() {
        while (!ending.get()) {
            int round = rounds.get();
            if (journal.finished() >= (long) KEYS * (round - MOST_BEHIND)) {
                broker.sendNumbered(topic, KEYS, round, round + 1);
                rounds.incrementAndGet();
            }
            Thread.yield();
        }
    }

    /** Returns when so many more events were handled. */
    void awaitMore(int events) {
        long target = journal.finished() + events;
        await().atMost(PATIENCE).until(() -> journal.finished() >= target);
    }

    ChannelStatus status() {
        return running.status();
    }

    /** Returns when the channel says of itself that it is not ready, for a reason that contains the text. */
    Trouble awaitTrouble(String what) {
        return await().atMost(PATIENCE).until(
                () -> running.status().troubles().stream().filter(trouble -> trouble.what().contains(what)).findFirst()
                        .orElse(null),
                trouble -> trouble != null);
    }

    void awaitReady() {
        await().atMost(PATIENCE).until(() -> running.status().troubles().isEmpty());
    }

    /** Stops publishing; everything that was acknowledged has to be handled, in order, and committed. */
    void finishInOrder(int partitions) throws InterruptedException {
        ending.set(true);
        publisher.join();
        long all = (long) KEYS * rounds.get();
        await().atMost(PATIENCE).until(() -> journal.finished() == all);
        running.close();
        journal.assertInOrder();
        long committed = 0;
        for (int partition = 0; partition < partitions; partition++) {
            committed += broker.committed(topic + "-group", topic, partition);
        }
        assertThat(committed).isEqualTo(all);
    }

    @Override
    public void close() throws InterruptedException {
        ending.set(true);
        running.close(Duration.ofSeconds(1));
    }
}
