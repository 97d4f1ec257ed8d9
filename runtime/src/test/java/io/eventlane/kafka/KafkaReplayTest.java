package io.eventlane.kafka;

import static io.eventlane.kafka.KafkaTestBroker.bytes;
import static io.eventlane.kafka.KafkaTestBroker.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.eventlane.DeadLetter;
import io.eventlane.Replay;
import io.eventlane.ReplayException;
import io.eventlane.spi.InboundHandler;

class KafkaReplayTest {

    private static KafkaTestBroker broker;

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private volatile boolean mended;

    private final InboundHandler application = (record, delivery) -> {
        if (String.valueOf(text(record.payload())).startsWith("bad") && !mended) {
            throw new IllegalArgumentException("no good");
        }
        handled.add(text(record.key()) + "=" + text(record.payload()));
    };

    @BeforeAll
    static void connect() {
        broker = KafkaTestBroker.shared();
    }

    @AfterAll
    static void disconnect() {
        broker.close();
    }

    @Test
    void whenLettersAreReplayed_thenTheyGoBackAsTheyWereAndOnlyOnce() {
        String topic = broker.topic(3);
        String dead = broker.topic(2);
        ProducerRecord<byte[], byte[]> event = new ProducerRecord<>(topic, 2, bytes("k"), bytes("bad"));
        event.headers().add("X-Timestamp", bytes("mine")).add("none", null).add("dead-letter-reason", bytes("mine"))
                .add("X-Original-Topic", bytes("elsewhere")).add("after", bytes("all"));
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(dead).start()) {
            broker.send(event);
            broker.send(topic, 1, null, "bad without a key");
            await().until(() -> channel.committed(2) == 1 && channel.committed(1) == 1);

            mended = true;
            assertThat(channel.letters().replay("orders")).isEqualTo(new Replay(2, 0, 0));

            await().until(() -> handled.size() == 2);
            assertThat(handled).containsExactlyInAnyOrder("k=bad", "null=bad without a key");
            List<ConsumerRecord<byte[], byte[]>> all = broker.read(topic);
            assertThat(all).extracting(ConsumerRecord::partition).containsExactly(1, 1, 2, 2);
            assertThat(headers(all.get(3).headers())).isEqualTo(headers(event.headers()));
            assertThat(all.get(3).key()).isEqualTo(bytes("k"));
            assertThat(channel.letters().replay("orders")).isEqualTo(new Replay(0, 0, 0));
        }
    }

    private static List<String> headers(Iterable<Header> headers) {
        List<String> texts = new ArrayList<>();
        headers.forEach(header -> texts.add(header.key() + ":" + Arrays.toString(header.value())));
        return texts;
    }

    @Test
    void whenTheChannelConsumesMeanwhile_thenTheOrderOfEachKeyHoldsAndNoThreadIsLeft() {
        String topic = broker.topic(3);
        int keys = 20;
        int perKey = 30;
        Set<String> before;
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(broker.topic(3)).start()) {
            for (int i = 0; i < perKey; i++) {
                for (int key = 0; key < keys; key++) {
                    broker.send(topic, "k" + key, "bad " + i);
                }
            }
            await().until(() -> IntStream.range(0, 3).mapToLong(channel::committed).sum() == keys * perKey);
            before = threads();

            mended = true;
            CompletableFuture<Replay> replay = new CompletableFuture<>();
            Thread.startVirtualThread(() -> replay.complete(channel.letters().replay("orders")));
            broker.send(topic, "fresh", "1");

            assertThat(replay.join()).isEqualTo(new Replay(keys * perKey, 0, 0));
            await().until(() -> handled.size() == keys * perKey + 1);
            for (int key = 0; key < keys; key++) {
                String prefix = "k" + key + "=";
                assertThat(handled).filteredOn(one -> one.startsWith(prefix))
                        .isEqualTo(IntStream.range(0, perKey).mapToObj(i -> prefix + "bad " + i).toList());
            }
            await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("kafka-")).collect(Collectors.toSet());
    }

    @Test
    void whenALetterIsRefused_thenItStaysUnchangedForTheNextReplay() {
        String topic = broker.topic(1);
        String dead = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(dead).start()) {
            IntStream.range(0, 6).forEach(i -> broker.send(topic, "k" + i % 2, "bad " + i));
            await().until(() -> channel.committed(0) == 6);
            List<ConsumerRecord<byte[], byte[]>> refused = broker.read(dead).stream()
                    .filter(letter -> text(letter.key()).equals("k0")).toList();
            Queue<DeadLetter> seen = new ConcurrentLinkedQueue<>();

            mended = true;
            assertThat(channel.letters().replay("orders", letter -> {
                seen.add(letter);
                return letter.key().equals("k1");
            })).isEqualTo(new Replay(3, 3, 0));

            assertThat(seen).hasSize(6).allSatisfy(letter -> {
                assertThat(letter.reason()).isEqualTo("no good");
                assertThat(letter.cause()).isEqualTo("java.lang.IllegalArgumentException");
                assertThat(letter.origin().source()).isEqualTo(topic);
                assertThat(letter.headers()).isEmpty();
                assertThat(letter.failedAt()).isNotNull();
            });
            List<ConsumerRecord<byte[], byte[]>> after = broker.read(dead);
            assertThat(after).hasSize(9);
            for (int i = 0; i < 3; i++) {
                assertThat(headers(after.get(6 + i).headers())).isEqualTo(headers(refused.get(i).headers()));
                assertThat(after.get(6 + i).value()).isEqualTo(refused.get(i).value());
            }
            await().until(() -> handled.size() == 3);
            assertThat(channel.letters().replay("orders")).isEqualTo(new Replay(3, 0, 0));
            await().until(() -> handled.size() == 6);
            assertThat(handled).containsExactly("k1=bad 1", "k1=bad 3", "k1=bad 5", "k0=bad 0", "k0=bad 2", "k0=bad 4");
        }
    }

    @Test
    void whenAKeyIsQuarantined_thenAReplayReleasesItWithItsFirstLetter() {
        String topic = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(broker.topic(1)).quarantine().start()) {
            broker.send(topic, "k", "bad");
            IntStream.range(0, 100).forEach(i -> broker.send(topic, "k", Integer.toString(i)));
            await().until(() -> channel.committed(0) == 101);
            assertThat(handled).isEmpty();

            mended = true;
            assertThat(channel.letters().replay("orders")).isEqualTo(new Replay(101, 0, 0));

            await().until(() -> channel.committed(0) == 202);
            List<String> expected = new ArrayList<>(List.of("k=bad"));
            IntStream.range(0, 100).forEach(i -> expected.add("k=" + i));
            assertThat(handled).containsExactlyElementsOf(expected);
            assertThat(channel.letters().quarantined("orders")).isEmpty();
            assertThat(broker.read(channel.deadLetterTopic())).hasSize(101);
        }
    }

    @Test
    void whenAKeyFailsAgainDuringAReplay_thenTheRestOfItsLettersFollowInOrder() {
        String topic = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(broker.topic(1)).quarantine().start()) {
            broker.send(topic, "k", "bad");
            IntStream.range(0, 50).forEach(i -> broker.send(topic, "k", Integer.toString(i)));
            await().until(() -> channel.committed(0) == 51);

            assertThat(channel.letters().replay("orders")).isEqualTo(new Replay(51, 0, 0));

            await().until(() -> channel.committed(0) == 102);
            assertThat(handled).isEmpty();
            List<String> letters = broker.texts(channel.deadLetterTopic());
            assertThat(letters.subList(51, 102)).isEqualTo(letters.subList(0, 51));
            assertThat(channel.letters().quarantined("orders")).containsExactly("k");
        }
    }

    @Test
    void whenALetterCannotBeSent_thenTheReplayStopsThereAndTheNextOneGoesOn() throws Exception {
        String topic = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(broker.topic(1)).start()) {
            IntStream.range(0, 4).forEach(i -> broker.send(topic, "k", "bad " + i));
            await().until(() -> channel.committed(0) == 4);

            mended = true;
            assertThatThrownBy(() -> channel.letters().replay("orders", letter -> {
                if (text(letter.payload()).equals("bad 2")) {
                    throw new IllegalStateException("no idea");
                }
                return true;
            })).isInstanceOf(IllegalStateException.class);
            await().until(() -> handled.size() == 2);

            assertThat(channel.letters().replay("orders")).isEqualTo(new Replay(2, 0, 0));
            await().until(() -> handled.size() == 4);
            assertThat(handled).containsExactly("k=bad 0", "k=bad 1", "k=bad 2", "k=bad 3");
        }
    }

    @Test
    void whenALetterIsNotAcknowledged_thenTheReplaySaysHowManyWentBackAndTheNextBeginsWithIt() {
        String topic = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(broker.topic(1)).start()) {
            String large = "bad " + new java.util.Random(3).ints(100_000, 'a', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
            List<String> events = List.of("a=bad 0", "b=" + large, "c=bad 0", "b=bad 1");
            for (int i = 0; i < events.size(); i++) {
                broker.send(topic, events.get(i).substring(0, 1), events.get(i).substring(2));
                int done = i + 1;
                await().until(() -> channel.committed(0) == done);
            }

            mended = true;
            broker.configure(topic, "max.message.bytes", "20000");
            assertThatThrownBy(() -> channel.letters().replay("orders")).isInstanceOfSatisfying(ReplayException.class,
                    stopped -> assertThat(stopped.done().sentBack()).isEqualTo(2))
                    .hasMessageContaining("stopped after 2 had been sent back").hasMessageContaining("-0@1");
            await().until(() -> handled.size() == 2);

            broker.configure(topic, "max.message.bytes", "1000000");
            assertThat(channel.letters().replay("orders")).isEqualTo(new Replay(3, 0, 0));
            await().until(() -> handled.size() == 5);
            assertThat(handled).filteredOn(event -> event.startsWith("b")).containsExactly("b=" + large, "b=bad 1");
        }
    }

    @Test
    void whenTheTopicHoldsOtherRecords_thenTheyArePassedOver() throws Exception {
        String topic = broker.topic(1);
        String dead = broker.topic(1);
        broker.send(dead, "x", "no letter").get();
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(dead).start()) {
            broker.send(topic, "k", "bad");
            await().until(() -> channel.committed(0) == 1);

            mended = true;
            assertThat(channel.letters().replay("orders")).isEqualTo(new Replay(1, 0, 1));
        }
    }

    @Test
    void whenAReplayRunsAlready_thenAnotherIsRefused_andTheEndOfTheApplicationStopsIt() throws Exception {
        String topic = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(broker.topic(1)).start()) {
            IntStream.range(0, 3).forEach(i -> broker.send(topic, "k", "bad " + i));
            await().until(() -> channel.committed(0) == 3);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread.startVirtualThread(() -> {
                try {
                    channel.letters().replay("orders", letter -> {
                        begun.countDown();
                        try {
                            goOn.await();
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        return true;
                    });
                    end.complete(new AssertionError("it went on"));
                } catch (Throwable e) {
                    end.complete(e);
                }
            });
            begun.await();
            assertThatThrownBy(() -> channel.letters().replay("orders")).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("already");

            channel.letters().close("the application stops");
            goOn.countDown();
            assertThat(end.join()).isInstanceOfSatisfying(ReplayException.class,
                    stopped -> assertThat(stopped.done().sentBack()).isLessThan(3));
            assertThatThrownBy(() -> channel.letters().replay("orders")).isInstanceOf(ReplayException.class)
                    .hasMessageContaining("the application stops");
        }
    }

    @Test
    void whenTheChannelIsUnknownOrHasNoDeadLetterTopic_thenTheErrorSaysSo() {
        String topic = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).strategy("park").deadLetters(null).start()) {
            assertThatThrownBy(() -> channel.letters().replay("order")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no incoming channel is called 'order'; there are orders; did you mean orders?");
            assertThatThrownBy(() -> channel.letters().quarantined("x")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> channel.letters().replay("orders")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("quarkus.eventlane.incoming.orders.dead-letter-queue.topic");
        }
    }
}
