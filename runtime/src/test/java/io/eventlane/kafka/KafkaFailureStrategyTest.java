package io.eventlane.kafka;

import static io.eventlane.kafka.KafkaTestBroker.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;
import io.eventlane.spi.FailureHandler.Action;
import io.eventlane.spi.FailureHandler.Failure;
import io.eventlane.spi.InboundHandler;

class KafkaFailureStrategyTest {

    private static KafkaTestBroker broker;

    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private volatile boolean mended;

    private final InboundHandler application = (record, delivery) -> {
        if (text(record.payload()).startsWith("bad") && !mended) {
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

    /** The only one: what there was before the start is over. */
    private static void awaitTrouble(FailingChannel channel, String part) {
        await().untilAsserted(() -> assertThat(channel.status().troubles()).singleElement()
                .satisfies(trouble -> assertThat(trouble.what()).contains(part)));
    }

    @Test
    void whenTheStrategyIsPark_thenTheKeyWaitsInOrderAndOthersGoOn() {
        String topic = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).strategy("park").deadLetters(null).start()) {
            broker.send(topic, "k", "bad");
            broker.send(topic, "k", "behind");
            broker.send(topic, "other", "1");
            await().until(() -> channel.failures() > 3);
            await().until(() -> String.valueOf(channel.status().facts().get("parked.1")).startsWith("key 'k' at " + topic
                    + "-0@0"));
            assertThat(handled).containsExactly("other=1");
            assertThat(channel.status().troubles()).isEmpty();

            mended = true;
            await().until(() -> channel.committed(0) == 3);
            assertThat(handled).containsExactly("other=1", "k=bad", "k=behind");
        }
    }

    @Test
    void whenAParkedKeyHoldsUpTooMuch_thenItGoesToTheDeadLetterTopicWithItsFollowersInOrder() {
        String topic = broker.topic(1);
        String dead = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).strategy("park").deadLetters(dead)
                .limits(limits -> limits.maxSpan(60)).start()) {
            List<String> letters = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String value = i == 0 ? "bad" : Integer.toString(i);
                broker.send(topic, "hot", value);
                broker.send(topic, "other-" + i % 7, Integer.toString(i));
                letters.add("hot=" + value);
            }
            await().until(() -> channel.committed(0) == 400);

            assertThat(broker.texts(dead)).isEqualTo(letters);
            assertThat(handled).hasSize(200).noneMatch(event -> event.startsWith("hot"));
            assertThat(channel.letters().quarantined("orders")).containsExactly("hot");
            await().until(() -> channel.status().troubles().isEmpty());
        }
    }

    @Test
    void whenAParkedEventWithoutAKeyHoldsUpTooMuch_thenItGoesToTheDeadLetterTopicAlone() {
        String topic = broker.topic(1);
        String dead = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).strategy("park").deadLetters(dead)
                .limits(limits -> limits.maxSpan(60)).start()) {
            broker.send(topic, null, "bad");
            for (int i = 0; i < 100; i++) {
                broker.send(topic, null, Integer.toString(i));
            }
            await().until(() -> channel.committed(0) == 101);

            assertThat(broker.texts(dead)).containsExactly("null=bad");
            assertThat(handled).hasSize(100);
            assertThat(channel.letters().quarantined("orders")).isEmpty();
        }
    }

    @Test
    void whenAParkedKeyHoldsUpTooMuchAndThereIsNoDeadLetterTopic_thenThePartitionPausesAndTheStatusNamesKeyAndOffset() {
        String topic = broker.topic(2);
        try (var channel = new FailingChannel(broker, topic, application).strategy("park").deadLetters(null)
                .limits(limits -> limits.maxSpan(60)).start()) {
            broker.send(topic, 0, "hot", "bad");
            for (int i = 0; i < 100; i++) {
                broker.send(topic, 0, "hot", Integer.toString(i));
                broker.send(topic, 1, "other", Integer.toString(i));
            }
            await().until(() -> channel.committed(1) == 100);
            awaitTrouble(channel, "paused");

            Trouble trouble = channel.status().troubles().getFirst();
            assertThat(trouble.severity()).isEqualTo(Severity.NOT_READY);
            assertThat(trouble.what()).contains("paused", "key 'hot'", topic + "-0@0", "no good");
            assertThat(channel.committed(0)).isZero();

            mended = true;
            await().until(() -> channel.committed(0) == 101);
            assertThat(handled).filteredOn(event -> event.startsWith("hot")).hasSize(101).startsWith("hot=bad", "hot=0");
        }
    }

    @Test
    void whenTheStrategyIsFail_thenOnlyThatPartitionStopsAndTheStatusSaysSo() {
        String topic = broker.topic(2);
        try (var channel = new FailingChannel(broker, topic, application).strategy("fail").deadLetters(null).attempts(2)
                .start()) {
            broker.send(topic, 0, "k", "bad");
            awaitTrouble(channel, "is not consumed any more");
            broker.send(topic, 0, "late", "1");
            broker.send(topic, 1, "other", "1");
            await().until(() -> channel.committed(1) == 1);

            assertThat(channel.status().troubles()).singleElement().satisfies(trouble -> {
                assertThat(trouble.severity()).isEqualTo(Severity.NOT_READY);
                assertThat(trouble.what()).contains(topic + "-0 is not consumed any more", "key 'k'", topic + "-0@0",
                        "no good", "failed 2 times");
            });
            assertThat(handled).containsExactly("other=1");
            assertThat(channel.committed(0)).isZero();
            assertThat(channel.failures()).isEqualTo(2);
        }
    }

    @Test
    void whenTheStrategyIsIgnore_thenTheEventCountsAsHandled() {
        String topic = broker.topic(1);
        try (var channel = new FailingChannel(broker, topic, application).strategy("ignore").deadLetters(null).attempts(3)
                .start()) {
            broker.send(topic, "k", "bad");
            broker.send(topic, "k", "next");
            await().until(() -> channel.committed(0) == 2);

            assertThat(channel.failures()).isEqualTo(3);
            assertThat(handled).containsExactly("k=next");
        }
    }

    @Test
    void whenTheApplicationDecides_thenEachOfItsActionsIsTaken() {
        String topic = broker.topic(2);
        String dead = broker.topic(1);
        Queue<Failure> asked = new ConcurrentLinkedQueue<>();
        AtomicReference<Integer> retries = new AtomicReference<>(0);
        try (var channel = new FailingChannel(broker, topic, application).deadLetters(dead).attempts(2).handler(failure -> {
            asked.add(failure);
            return switch (text(failure.record().payload())) {
                case "bad ignore" -> Action.IGNORE;
                case "bad dead" -> Action.DEAD_LETTER;
                case "bad fail" -> Action.FAIL;
                case "bad throw" -> throw new IllegalStateException("the handler itself");
                default -> {
                    retries.updateAndGet(count -> count + 1);
                    yield Action.RETRY;
                }
            };
        }).start()) {
            broker.send(topic, 0, "a", "bad ignore");
            broker.send(topic, 0, "b", "bad dead");
            broker.send(topic, 0, "c", "bad retry");
            broker.send(topic, 0, "c", "behind");
            await().until(() -> retries.get() >= 3);
            assertThat(handled).isEmpty();
            assertThat(asked).filteredOn(failure -> text(failure.record().payload()).equals("bad retry"))
                    .extracting(Failure::attempts).startsWith(2, 3, 4);
            assertThat(asked).allSatisfy(failure -> assertThat(failure.cause()).hasMessage("no good"));

            mended = true;
            await().until(() -> channel.committed(0) == 4);
            assertThat(handled).containsExactly("c=bad retry", "c=behind");
            assertThat(broker.texts(dead)).containsExactly("b=bad dead");

            mended = false;
            broker.send(topic, 0, "d", "bad throw");
            broker.send(topic, 1, "e", "bad fail");
            await().until(() -> channel.status().troubles().stream()
                    .anyMatch(trouble -> trouble.what().contains("-1 is not consumed")));
            int before = asked.size();
            await().until(() -> asked.size() > before);
            assertThat(channel.committed(0)).isEqualTo(4);
        }
    }

    @Test
    void whenTheStrategyIsDelayedRetryTopic_thenLaterEventsGoOnAndTheLastTryIsFollowedByTheDeadLetterTopic() {
        String topic = broker.topic(1);
        String first = topic + "_retry_300";
        String second = topic + "_retry_600";
        String dead = broker.topic(1);
        Queue<String> tries = new ConcurrentLinkedQueue<>();
        InboundHandler counting = (record, delivery) -> {
            tries.add(record.topic() + " " + text(record.payload()));
            application.handle(record, delivery);
        };
        try (var channel = new FailingChannel(broker, topic, counting).strategy("delayed-retry-topic").deadLetters(dead)
                .attempts(2).retryTopic(first, Duration.ofMillis(300)).retryTopic(second, Duration.ofMillis(600)).start()) {
            broker.send(topic, "k", "bad");
            broker.send(topic, "k", "later");
            await().until(() -> broker.read(dead).size() == 1);

            assertThat(handled).containsExactly("k=later");
            assertThat(tries).filteredOn(one -> one.endsWith("bad")).containsExactly(topic + " bad", topic + " bad",
                    first + " bad", second + " bad");
            var letter = broker.read(dead).getFirst();
            assertThat(text(letter.headers().lastHeader("X-Original-Topic").value())).isEqualTo(topic);
            assertThat(text(letter.headers().lastHeader("dead-letter-topic").value())).isEqualTo(topic);
            assertThat(text(letter.headers().lastHeader("dead-letter-offset").value())).isEqualTo("0");
            assertThat(letter.headers().lastHeader("delayed-retry-reason")).as("one block is enough").isNull();
            var retry = broker.read(second).getFirst();
            assertThat(text(retry.headers().lastHeader("delayed-retry-count").value())).isEqualTo("2");
            assertThat(retry.headers().headers("delayed-retry-reason")).hasSize(1);
            assertThat(retry.timestamp() - broker.read(first).getFirst().timestamp()).isGreaterThanOrEqualTo(300);
        }
    }
}
