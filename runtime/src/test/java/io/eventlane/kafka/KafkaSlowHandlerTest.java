package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler takes longer than a consumer may go without polling, and longer than its session. */
class KafkaSlowHandlerTest {

    private final KafkaTestBroker broker = KafkaTestBroker.shared();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "classic", "consumer" })
    void whenAHandlerOutlastsTheMaxPollInterval_thenItsMemberStaysAndNothingIsHandledTwice(String protocol) {
        String topic = broker.topic(1);
        broker.send(topic, "slow", "0");
        broker.sendNumbered(topic, 50, 1);
        AtomicInteger starts = new AtomicInteger();
        AtomicInteger ends = new AtomicInteger();
        TestChannel channel = new TestChannel(broker, topic, (record, delivery) -> {
            starts.incrementAndGet();
            if ("slow".equals(KafkaTestBroker.text(record.key()))) {
                Thread.sleep(9_000);
            }
            ends.incrementAndGet();
        }).attribute("group.protocol", protocol).attribute("max.poll.interval.ms", "6000")
                .revokeTimeout(Duration.ofSeconds(3));
        if (protocol.equals("classic")) {
            channel.attribute("session.timeout.ms", "6000").attribute("heartbeat.interval.ms", "1000");
        }

        try (var running = channel.start()) {
            await().until(() -> broker.committed(topic + "-group", topic, 0) == 51);
            assertThat(ends).hasValue(51);
            broker.sendNumbered(topic, 50, 1, 2);
            await().until(() -> broker.committed(topic + "-group", topic, 0) == 101);
        }
        assertThat(starts).hasValue(101);
    }
}
