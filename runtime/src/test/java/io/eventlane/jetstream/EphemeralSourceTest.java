package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.EventHeaders;
import io.eventlane.channel.OrderJournal;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.nats.client.impl.Headers;

/** Topics that nobody keeps: subjects of core NATS. */
class EphemeralSourceTest {

    private static final int KEYS = 20;
    private static final int PER_KEY = 50;

    private final TestNats nats = TestNats.shared();
    private final String topic = TestNats.unique();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();

    @AfterEach
    void close() {
        nats.close();
    }

    private TestIncoming channel(OrderJournal journal, OrderJournal.Work work) {
        TopicSpec plain = TopicSpec.of(topic);
        return new TestIncoming(nats, topic, journal.handler(work)).spec(new TopicSpec(topic, Persistence.EPHEMERAL,
                plain.stream(), 1, plain.strategy(), plain.onMismatch(), plain.settings()));
    }

    private void publish(int from, int to) {
        for (int i = from; i < to; i++) {
            for (int key = 0; key < KEYS; key++) {
                nats.connection.publish(topic, new Headers().add(EventHeaders.AGGREGATE_ID, "key-" + key),
                        Integer.toString(i).getBytes(UTF_8));
            }
        }
    }

    /** Nobody keeps what is published before the channel has subscribed. */
    private void awaitSubscribed() {
        await().until(() -> {
            nats.connection.publish(topic + ".probe",
                    new Headers().add(EventHeaders.AGGREGATE_ID, "probe-" + probes.incrementAndGet()),
                    "0".getBytes(UTF_8));
            return seen.get() > 0;
        });
    }

    @Test
    void whenHandlersAreSlowAndFail_thenEachKeyIsInOrderAndTheBoundHolds() {
        OrderJournal journal = new OrderJournal();
        AtomicInteger failures = new AtomicInteger();
        try (var running = channel(journal, (record, delivery) -> {
            seen.incrementAndGet();
            if (delivery.attempt() == 1 && ThreadLocalRandom.current().nextInt(30) == 0) {
                failures.incrementAndGet();
                throw new IllegalStateException("on purpose");
            }
        }).maxQueued(50).start()) {
            awaitSubscribed();
            publish(0, PER_KEY);
            await().until(() -> journal.finished() == KEYS * PER_KEY + probes.get());
        }
        journal.assertInOrder();
        assertThat(failures.get()).isPositive();
    }

    @Test
    void whenNoStreamIsThere_thenNoneIsMade() throws Exception {
        OrderJournal journal = new OrderJournal();
        try (var running = channel(journal, (record, delivery) -> seen.incrementAndGet()).start()) {
            awaitSubscribed();
            await().until(running::isReady);
        }
        assertThat(nats.management().getStreamNames()).isNotNull().doesNotContain(TopicSpec.streamOf(topic));
        assertThat(List.of(Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("eventlane-jetstream-orders")).toArray())).isEmpty();
    }
}
