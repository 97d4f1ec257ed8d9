package io.eventlane.jetstream;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.eventlane.channel.OrderJournal;
import io.eventlane.spi.ChannelStatus.Trouble;

/** Messages that keep coming and being handled while something happens to the server. */
final class SteadyMessages implements AutoCloseable {

    static final int KEYS = 30;
    private static final int MOST_BEHIND = 10;
    static final Duration PATIENCE = Duration.ofMinutes(2);

    final OrderJournal journal = new OrderJournal();
    private final TestNats nats;
    private final String topic;
    final TestIncoming.Running running;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger rounds = new AtomicInteger();
    private final Thread publisher;

    /**
     * @param nats reaches the server, whatever happens to the channel's own connection
     * @param url by which the channel reaches it
     */
    SteadyMessages(TestNats nats, String url, String topic, Consumer<TestIncoming> settings) {
        this.nats = nats;
        this.topic = topic;
        TestIncoming channel = new TestIncoming(url, topic, journal.handler((record, delivery) -> Thread.sleep(2)));
        settings.accept(channel);
        this.running = channel.start();
        this.publisher = Thread.ofVirtual().start(this::publish);
    }

    private void publish() {
        while (!ending.get()) {
            int round = rounds.get();
            if (journal.finished() >= (long) KEYS * (round - MOST_BEHIND)) {
                try {
                    nats.sendNumbered(topic, KEYS, round, round + 1);
                    rounds.incrementAndGet();
                } catch (RuntimeException unsure) {
                    // What was stored and what not is found out by looking.
                    rounds.set(nats.completeRound(topic, KEYS, round));
                }
            }
            Thread.yield();
        }
    }

    /** Returns when so many more messages were handled. */
    void awaitMore(int messages) {
        long target = journal.finished() + messages;
        await().atMost(PATIENCE).until(() -> journal.finished() >= target);
    }

    /** Returns when the channel says of itself that it is not ready, for a reason that contains the text. */
    Trouble awaitTrouble(String what) {
        return await().atMost(PATIENCE).until(
                () -> running.status().troubles().stream().filter(trouble -> trouble.what().contains(what)).findFirst()
                        .orElse(null),
                trouble -> trouble != null);
    }

    void awaitReady() {
        await().atMost(PATIENCE).until(running::isReady);
    }

    /** How many messages were published, once no more are. */
    long stopPublishing() throws InterruptedException {
        ending.set(true);
        publisher.join();
        return (long) KEYS * rounds.get();
    }

    /** Stops publishing; everything that was acknowledged has to be handled, in order, and acknowledged. */
    void finishInOrder() throws Exception {
        long all = stopPublishing();
        await().atMost(PATIENCE).until(() -> journal.finished() == all);
        await().atMost(PATIENCE).until(() -> nats.consumer(topic).getNumAckPending() == 0);
        running.close();
        journal.assertInOrder();
    }

    @Override
    public void close() {
        ending.set(true);
        running.close(Duration.ofSeconds(1));
    }
}
