package io.eventlane.kafka;

import static io.eventlane.kafka.KafkaTestBroker.bytes;
import static io.eventlane.kafka.KafkaTestBroker.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

class KafkaDeadLetterTest {

    private static KafkaTestBroker broker;

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    @BeforeAll
    static void connect() {
        broker = KafkaTestBroker.shared();
    }

    @AfterAll
    static void disconnect() {
        broker.close();
    }

    /** Handles what does not say {@code bad}. */
    private InboundHandler unlessBad() {
        return (record, delivery) -> {
            if (String.valueOf(text(record.payload())).startsWith("bad")) {
                throw new IllegalArgumentException("no good: " + text(record.payload()), new ArithmeticException("by zero"));
            }
            handled.add(event(record));
        };
    }

    private static String event(InboundRecord record) {
        return text(record.key()) + "=" + text(record.payload());
    }

    @Test
    void whenAnEventFailsForGood_thenItsDeadLetterHasItsKeyBytesAndHeadersAndSaysWhatHappened() {
        String topic = broker.topic(1);
        String dead = broker.topic(1);
        byte[] garbage = { (byte) 0xff, (byte) 0xfe, 0, 1 };
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(topic, bytes("k"), bytes("bad bytes"));
        event.headers().add("X-Timestamp", bytes("its own")).add("none", null).add("", bytes("unnamed")).add("twice", garbage)
                .add("twice", new byte[0]).add("dead-letter-reason", bytes("its own too"));
        try (var channel = new FailingChannel(broker, topic, unlessBad()).deadLetters(dead).attempts(3).start()) {
            broker.send(event);
            await().until(() -> channel.committed(0) == 1);

            ConsumerRecord<byte[], byte[]> letter = broker.read(dead).getFirst();
            assertThat(letter.key()).isEqualTo(bytes("k"));
            assertThat(letter.value()).isEqualTo(bytes("bad bytes"));
            assertThat(headers(letter).subList(0, 6)).isEqualTo(headers(event));
            assertThat(headers(letter).subList(6, headers(letter).size() - 1)).containsExactly(
                    header("dead-letter-reason", "no good: bad bytes"),
                    header("dead-letter-exception-class-name", "java.lang.IllegalArgumentException"),
                    header("dead-letter-cause", "by zero"),
                    header("dead-letter-cause-class-name", "java.lang.ArithmeticException"),
                    header("dead-letter-topic", topic),
                    header("dead-letter-partition", "0"),
                    header("dead-letter-offset", "0"),
                    header("X-Original-Topic", topic),
                    header("X-Error-Message", "no good: bad bytes"));
            assertThat(Instant.parse(text(letter.headers().lastHeader("X-Timestamp").value())))
                    .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(1));
            assertThat(channel.failures()).isEqualTo(3);
        }
    }

    private record Header(String name, ByteBuffer value) {
    }

    private static Header header(String name, String value) {
        return new Header(name, ByteBuffer.wrap(bytes(value)));
    }

    private static List<Header> headers(ConsumerRecord<byte[], byte[]> record) {
        return headers(record.headers());
    }

    private static List<Header> headers(ProducerRecord<byte[], byte[]> record) {
        return headers(record.headers());
    }

    private static List<Header> headers(org.apache.kafka.common.header.Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false)
                .map(header -> new Header(header.key(), header.value() == null ? null : ByteBuffer.wrap(header.value())))
                .toList();
    }

    @Test
    void whenTheDeadLetterIsNotAcknowledged_thenTheEventIsNotCommittedAndItsKeyWaits() {
        String topic = broker.topic(1);
        try (KafkaBroker other = KafkaBroker.start(); KafkaTestBroker deadBroker = new KafkaTestBroker(other)) {
            String dead = deadBroker.topic(1);
            try (var channel = new FailingChannel(broker, topic, unlessBad()).deadLetters(dead)
                    .deadLetterAttribute("bootstrap.servers", deadBroker.servers()).start()) {
                broker.send(topic, "k", "bad 1");
                await().until(() -> channel.committed(0) == 1);

                other.freeze();
                try {
                    broker.send(topic, "k", "bad 2");
                    broker.send(topic, "k", "after");
                    broker.send(topic, "other", "fine");
                    await().until(() -> handled.contains("other=fine"));
                    await().until(() -> channel.failures() == 2);
                    assertThat(channel.committed(0)).isEqualTo(1);
                    assertThat(handled).doesNotContain("k=after");
                } finally {
                    other.thaw();
                }
                await().until(() -> channel.committed(0) == 4);
                assertThat(deadBroker.texts(dead)).containsExactly("k=bad 1", "k=bad 2");
                assertThat(handled).containsExactly("other=fine", "k=after");
            }
        }
    }

    @Test
    void whenTheDeadLetterTopicIsOutOfReach_thenNothingIsLostAndOtherKeysGoOnUntilItIsBack() {
        String topic = broker.topic(2);
        int poisoned = 20;
        int perKey = 3;
        try (KafkaBroker other = KafkaBroker.start(); KafkaTestBroker deadBroker = new KafkaTestBroker(other)) {
            String dead = deadBroker.topic(3);
            other.kill();
            try (var channel = new FailingChannel(broker, topic, unlessBad()).deadLetters(dead)
                    .deadLetterAttribute("bootstrap.servers", deadBroker.servers()).deadLetterAttribute("max.block.ms", "300")
                    .limits(limits -> limits.maxConcurrency(4)).start()) {
                List<String> bad = new ArrayList<>();
                for (int i = 0; i < perKey; i++) {
                    for (int key = 0; key < poisoned; key++) {
                        broker.send(topic, "poisoned-" + key, "bad " + i);
                        bad.add("poisoned-" + key + "=bad " + i);
                    }
                    broker.send(topic, "healthy", Integer.toString(i));
                }
                await().until(() -> handled.size() == perKey);
                // Each has been tried to be sent at least once, in vain.
                await().until(() -> channel.failures() >= 2 * poisoned);
                broker.send(topic, "healthy", "later");
                await().until(() -> handled.contains("healthy=later"));
                assertThat(channel.committed(0) + channel.committed(1)).isLessThan((long) poisoned * perKey);

                other.restart();
                await().until(() -> channel.committed(0) + channel.committed(1) == (poisoned + 1) * perKey + 1);

                List<String> letters = deadBroker.texts(dead);
                assertThat(letters).containsExactlyInAnyOrderElementsOf(bad);
                for (int key = 0; key < poisoned; key++) {
                    String prefix = "poisoned-" + key + "=";
                    assertThat(letters).filteredOn(letter -> letter.startsWith(prefix))
                            .containsExactly(prefix + "bad 0", prefix + "bad 1", prefix + "bad 2");
                }
            }
        }
    }

    @Test
    void whenAKeyIsQuarantined_thenItsLaterEventsFollowInOrderUntilItIsReleased() {
        String topic = broker.topic(1);
        String dead = broker.topic(2);
        try (var channel = new FailingChannel(broker, topic, unlessBad()).deadLetters(dead).quarantine().start()) {
            broker.send(topic, "k", "1");
            broker.send(topic, "k", "bad 2");
            IntStream.range(3, 40).forEach(i -> broker.send(topic, "k", Integer.toString(i)));
            broker.send(topic, "other", "1");
            await().until(() -> channel.committed(0) == 40);

            assertThat(channel.letters().quarantined("orders")).containsExactly("k");
            assertThat(handled).containsExactlyInAnyOrder("k=1", "other=1");
            List<String> expected = new ArrayList<>(List.of("k=bad 2"));
            IntStream.range(3, 40).forEach(i -> expected.add("k=" + i));
            assertThat(broker.texts(dead)).isEqualTo(expected);
            assertThat(text(broker.read(dead).get(1).headers().lastHeader("X-Error-Message").value()))
                    .contains("quarantined since " + topic + "-0@1 failed");

            assertThat(channel.letters().release("orders", "k")).isTrue();
            assertThat(channel.letters().release("orders", "k")).isFalse();
            assertThat(channel.letters().quarantined("orders")).isEmpty();
            broker.send(topic, "k", "40");
            await().until(() -> handled.contains("k=40"));
        }
    }

    @Test
    void whenEventsOfAnyShapeFail_thenAllGoToTheDeadLetterTopicAsTheyAreAndOthersAreHandled() {
        String topic = broker.topic(1, Map.of("max.message.bytes", "8000000"));
        String dead = broker.topic(1, Map.of("max.message.bytes", "8000000"));
        byte[] large = new byte[3_000_000];
        new java.util.Random(7).nextBytes(large);
        InboundHandler refusing = (record, delivery) -> {
            if ("good".equals(text(record.payload()))) {
                handled.add(event(record));
            } else {
                throw new IllegalStateException((String) null);
            }
        };
        List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>(List.of(
                new ProducerRecord<>(topic, bytes("tombstone"), null),
                new ProducerRecord<>(topic, null, bytes("no key")),
                new ProducerRecord<>(topic, null, null),
                new ProducerRecord<>(topic, new byte[0], new byte[0]),
                new ProducerRecord<>(topic, new byte[] { (byte) 0xc3, 0x28 }, new byte[] { (byte) 0xff }),
                new ProducerRecord<>(topic, bytes("large"), large)));
        ProducerRecord<byte[], byte[]> headers = new ProducerRecord<>(topic, bytes("headers"), bytes("x"));
        for (int i = 0; i < 700; i++) {
            headers.headers().add("h" + i % 300, i % 3 == 0 ? null : new byte[] { (byte) i, (byte) 0xff });
        }
        headers.headers().add("delayed-retry-count", bytes("-7")).add("X-Aggregate-ID", null).add("X-Original-Topic", null);
        events.add(headers);
        try (var channel = new FailingChannel(broker, topic, refusing).deadLetters(dead).start()) {
            for (ProducerRecord<byte[], byte[]> event : events) {
                broker.send(event);
                broker.send(topic, "good", "good");
            }
            await().until(() -> channel.committed(0) == 2L * events.size());

            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>(broker.read(dead));
            assertThat(letters).hasSameSizeAs(events);
            letters.sort((a, b) -> Long.compare(offset(a), offset(b)));
            for (int i = 0; i < events.size(); i++) {
                assertThat(letters.get(i).key()).isEqualTo(events.get(i).key());
                assertThat(letters.get(i).value()).isEqualTo(events.get(i).value());
                List<Header> own = headers(events.get(i));
                assertThat(headers(letters.get(i)).subList(0, own.size())).isEqualTo(own);
            }
            assertThat(handled).hasSize(events.size());
        }
    }

    private static long offset(ConsumerRecord<byte[], byte[]> letter) {
        return Long.parseLong(text(letter.headers().lastHeader("dead-letter-offset").value()));
    }

    @Test
    void whenAnEventIsTriedAgain_thenOnlyItsKeyWaitsAndItsOrderHolds() {
        String topic = broker.topic(1);
        Set<String> failedOnce = ConcurrentHashMap.newKeySet();
        List<String> starts = Collections.synchronizedList(new ArrayList<>());
        InboundHandler second = (record, delivery) -> {
            starts.add(event(record));
            if (text(record.key()).equals("k") && failedOnce.add(event(record))) {
                throw new IllegalStateException("once");
            }
            handled.add(event(record));
        };
        try (var channel = new FailingChannel(broker, topic, second).deadLetters(broker.topic(1)).attempts(2).start()) {
            for (int i = 0; i < 5; i++) {
                broker.send(topic, "k", Integer.toString(i));
                broker.send(topic, "other", Integer.toString(i));
            }
            await().until(() -> channel.committed(0) == 10);

            assertThat(starts).filteredOn(start -> start.startsWith("k")).containsExactly("k=0", "k=0", "k=1", "k=1", "k=2",
                    "k=2", "k=3", "k=3", "k=4", "k=4");
            assertThat(starts.indexOf("other=4")).as("other keys did not wait").isLessThan(starts.lastIndexOf("k=4"));
            assertThat(broker.read(channel.deadLetterTopic())).isEmpty();
        }
    }
}
