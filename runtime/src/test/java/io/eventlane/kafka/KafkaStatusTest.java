package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

/** What a channel says of itself when something is wrong, and that it stops saying so. */
class KafkaStatusTest {

    private static final Duration POLL = Duration.ofMillis(5);

    @Test
    void whenTheBrokerDiesAndComesBack_thenTheStatusSaysSinceWhenAndIsWellAgain() {
        try (KafkaBroker process = KafkaBroker.start(); KafkaTestBroker broker = new KafkaTestBroker(process)) {
            String topic = broker.topic(1);
            try (var running = new TestChannel(broker, topic, (record, delivery) -> {
            }).start()) {
                assertThat(running.status().troubles()).extracting(Trouble::severity).containsExactly(Severity.NOT_STARTED);
                await().until(() -> running.status().troubles().isEmpty());
                assertThat(running.status().facts()).containsEntry("partitions", topic + "-0")
                        .containsEntry("group", topic + "-group");

                Instant before = Instant.now().minusSeconds(1);
                process.kill();
                await().until(() -> running.status().troubles().stream()
                        .anyMatch(trouble -> trouble.what().contains(broker.servers())));
                assertThat(running.status().troubles()).allSatisfy(trouble -> {
                    assertThat(trouble.severity()).isEqualTo(Severity.NOT_READY);
                    assertThat(trouble.since()).isBetween(before, Instant.now());
                });

                process.restart();
                await().until(() -> running.status().troubles().isEmpty());
            }
        }
    }

    @Test
    void whenAHandlerTakesTooLong_thenItsKeyAndOffsetAreNamedUntilItEnds() throws Exception {
        try (KafkaTestBroker broker = KafkaTestBroker.shared()) {
            String topic = broker.topic(1);
            broker.send(topic, "fast", "0").get();
            broker.send(topic, "slow", "0").get();
            CountDownLatch release = new CountDownLatch(1);
            try (var running = new TestChannel(broker, topic, (record, delivery) -> {
                if (record.position().offset() == 1) {
                    release.await();
                }
            }).maxAge(Duration.ofMillis(500)).start()) {
                awaitNotReady(running, "the handler has been running since", "key 'slow' at " + topic + "-0@1");
                release.countDown();
                await().until(() -> running.status().troubles().isEmpty());
            }
        }
    }

    @Test
    void whenAMessageIsNotAcknowledged_thenItsKeyAndOffsetAreNamedUntilItIs() throws Exception {
        try (KafkaTestBroker broker = KafkaTestBroker.shared()) {
            String topic = broker.topic(1);
            broker.send(topic, "manual", "0").get();
            CompletableFuture<Void> acknowledged = new CompletableFuture<>();
            try (var running = new TestChannel(broker, topic, (record, delivery) -> delivery.doneWhen(acknowledged))
                    .maxAge(Duration.ofMillis(500)).start()) {
                awaitNotReady(running, "nobody has acknowledged the message", "key 'manual' at " + topic + "-0@0");
                acknowledged.complete(null);
                await().until(() -> running.status().troubles().isEmpty());
            }
        }
    }

    @Test
    void whenKeysFail_thenTheFactsCountThemAndNameTheParkedOnes() throws Exception {
        try (KafkaTestBroker broker = KafkaTestBroker.shared()) {
            String topic = broker.topic(1);
            broker.send(topic, "parked", "0").get();
            broker.send(topic, "retried", "0").get();
            AtomicInteger mended = new AtomicInteger();
            try (var running = new TestChannel(broker, topic, (record, delivery) -> {
                if (mended.get() == 0) {
                    throw new IllegalStateException("no such customer");
                }
            }).policy((record, attempt, failure) -> KafkaTestBroker.text(record.key()).equals("parked")
                    ? new Verdict.Park(Duration.ofSeconds(2))
                    : new Verdict.Retry(Duration.ofSeconds(2))).start()) {
                await().until(() -> Integer.valueOf(2).equals(running.status().facts().get("failing")));
                assertThat(running.status().facts()).containsEntry("parked", 1);
                assertThat(running.status().facts().get("parked.1").toString())
                        .contains("key 'parked' at " + topic + "-0@0", "no such customer");
                assertThat(running.status().troubles()).as("one key that waits is no outage").isEmpty();
                mended.set(1);
                await().until(() -> Integer.valueOf(0).equals(running.status().facts().get("failing")));
            }
        }
    }

    @Test
    void whenTheGroupIsJoined_thenTheStatusSaysSoAtOnceAndNotAtTheNextLook() throws Exception {
        try (KafkaBroker process = KafkaBroker.start(); KafkaTestBroker broker = new KafkaTestBroker(process)) {
            Duration best = Duration.ofDays(1);
            for (int round = 0; round < 3; round++) {
                Duration late = lateness(process, broker);
                best = late.compareTo(best) < 0 ? late : best;
            }
            assertThat(best).as("the best of three, for a busy machine").isLessThan(Duration.ofMillis(300));
        }
    }

    /** From when a handler has begun until the status is well; the last look was just before the group was joined. */
    private static Duration lateness(KafkaBroker process, KafkaTestBroker broker) throws Exception {
        String topic = broker.topic(1);
        broker.send(topic, "key", "0").get();
        CountDownLatch handling = new CountDownLatch(1);
        process.freeze();
        try (var running = new TestChannel(broker, topic, (record, delivery) -> handling.countDown()).start()) {
            ChannelStatus first = running.status();
            await().pollInterval(POLL).until(() -> running.status() != first);
            process.thaw();
            assertThat(handling.await(20, TimeUnit.SECONDS)).isTrue();
            long begun = System.nanoTime();
            await().pollInterval(POLL).until(() -> running.status().troubles().isEmpty());
            return Duration.ofNanos(System.nanoTime() - begun);
        }
    }

    @Test
    void whenTheThreadHasEnded_thenTheChannelIsDead() {
        try (KafkaTestBroker broker = KafkaTestBroker.shared()) {
            var running = new TestChannel(broker, broker.topic(1), (record, delivery) -> {
            }).start();
            running.close();
            assertThat(running.status().troubles()).extracting(Trouble::severity).contains(Severity.DEAD);
        }
    }

    private static void awaitNotReady(TestChannel.Running running, String... texts) {
        await().until(() -> !running.status().troubles().isEmpty()
                && running.status().troubles().getFirst().severity() == Severity.NOT_READY);
        assertThat(running.status().troubles()).hasSize(1);
        assertThat(running.status().troubles().getFirst().what()).contains(List.of(texts));
    }
}
