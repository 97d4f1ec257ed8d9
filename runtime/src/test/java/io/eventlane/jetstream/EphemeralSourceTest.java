package io.eventlane.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.EventHeaders;
import io.eventlane.channel.OrderJournal;
import io.eventlane.engine.Verdict;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.spi.InboundHandler;
import io.nats.client.impl.Headers;

/** Topics that nobody keeps: subjects of core NATS. */
class EphemeralSourceTest {

    private static final int KEYS = 20;
    private static final int PER_KEY = 50;

    private final TestNats nats = TestNats.shared();
    private final String topic = TestNats.unique();
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean(true);
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();

    @AfterEach
    void close() {
        nats.close();
    }

    private TestIncoming channel(OrderJournal journal, OrderJournal.Work work) {
        return channel(journal.handler(work));
    }

    private TestIncoming channel(InboundHandler handler) {
        TopicSpec plain = TopicSpec.of(topic);
        return new TestIncoming(nats, topic, handler).spec(new TopicSpec(topic, Persistence.EPHEMERAL,
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
    void whenAKeyIsParkedWithMoreBehindItThanMayBeQueued_thenOtherKeysGoOn() {
        try (var running = parked(10_000).maxQueued(50).start()) {
            awaitSubscribed();
            send("parked", 100);
            await().until(() -> failed.get() > 0);
            send("other", 100);
            await().until(() -> others.get() == 100);
        }
    }

    @Test
    void whenAParkedKeyHoldsUpAsMuchAsMayBe_thenTheChannelSaysSoAndGoesOnOnceItIsHandled() {
        try (var running = parked(200).maxQueued(50).start()) {
            awaitSubscribed();
            send("parked", 500);
            await().untilAsserted(
                    () -> assertThat(running.status().troubles()).singleElement().asString().contains("max-span"));
            failing.set(false);
            running.awaitReady();
            send("other", 100);
            await().until(() -> others.get() == 100);
        }
    }

    @Test
    void whenMessagesAreLarge_thenNoMoreBytesAreHeldThanMayBe() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (var running = channel((record, delivery) -> {
            seen.incrementAndGet();
            if (TestNats.text(record.key()).equals("large")) {
                end.await();
                handled.incrementAndGet();
            }
        }).maxQueuedBytes(1_000_000).start()) {
            awaitSubscribed();
            int few = 30;
            for (int i = 0; i < few; i++) {
                nats.connection.publish(topic, new Headers().add(EventHeaders.AGGREGATE_ID, "large"), new byte[100_000]);
            }
            await().during(Duration.ofSeconds(2)).until(
                    () -> most.accumulateAndGet((int) running.status().facts().get("held"), Math::max) > 5);
            end.countDown();
            await().until(() -> handled.get() == few);
        }
        assertThat(most.get()).isLessThanOrEqualTo(10);
    }

    /** A channel whose key "parked" fails as long as it is to. */
    private TestIncoming parked(int maxSpan) {
        return channel((record, delivery) -> {
            seen.incrementAndGet();
            String key = TestNats.text(record.key());
            if (key.equals("parked") && failing.get()) {
                failed.incrementAndGet();
                throw new IllegalStateException("on purpose");
            }
            if (key.equals("other")) {
                others.incrementAndGet();
            }
        }).policy((record, attempt, failure) -> new Verdict.Park(Duration.ofMillis(500))).maxSpan(maxSpan);
    }

    private void send(String key, int messages) {
        for (int i = 0; i < messages; i++) {
            nats.connection.publish(topic, new Headers().add(EventHeaders.AGGREGATE_ID, key), new byte[10]);
        }
    }

    @Test
    void whenNoStreamIsThere_thenNoneIsMade() throws Exception {
        OrderJournal journal = new OrderJournal();
        try (var running = channel(journal, (record, delivery) -> seen.incrementAndGet()).start()) {
            awaitSubscribed();
            running.awaitReady();
        }
        assertThat(nats.management().getStreamNames()).isNotNull().doesNotContain(TopicSpec.streamOf(topic));
        assertThat(List.of(Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("eventlane-jetstream-orders")).toArray())).isEmpty();
    }
}
