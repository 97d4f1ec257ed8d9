package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.eventlane.channel.MemberProcess;

/**
 * A process is frozen for longer than its session, with records in its hands that another member handles meanwhile.
 * When it wakes it must not go on with them.
 */
class KafkaFrozenProcessTest {

    private static final int KEYS = 100;
    private static final int PER_KEY = 20;

    private final KafkaTestBroker broker = KafkaTestBroker.shared();
    private final AtomicInteger handled = new AtomicInteger();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @Test
    void whenAProcessWakesAfterItsSession_thenItStartsNothingThatOthersHaveTakenOver() throws Exception {
        freezeAndThaw("group.protocol=classic", "session.timeout.ms=6000", "heartbeat.interval.ms=1000");
    }

    /** A broker does not tell for how long it waits, which is 45 seconds. */
    @Test
    @Tag("wide")
    void whenTheBrokerManagesTheGroup_thenItStartsNothingEither() throws Exception {
        freezeAndThaw("group.protocol=consumer");
    }

    private void freezeAndThaw(String... attributes) throws Exception {
        String topic = broker.topic(4);
        broker.sendNumbered(topic, KEYS, PER_KEY);
        TestChannel second = new TestChannel(broker, topic, (record, delivery) -> handled.incrementAndGet());
        for (String attribute : attributes) {
            second.attribute(attribute.split("=")[0], attribute.split("=")[1]);
        }
        try (MemberProcess frozen = new MemberProcess(MemberMain.class, broker.servers(), topic, 200, attributes)) {
            await().until(() -> frozen.startCount() > 100);
            frozen.freeze();
            int before = frozen.startCount();
            try (var running = second.start()) {
                // All but what was committed: of each key the first few at most.
                await().atMost(Duration.ofMinutes(3)).until(() -> handled.get() >= KEYS * PER_KEY - before
                        && broker.committed(topic + "-group", topic) == KEYS * PER_KEY);
                assertThat(before).as("records were left in its hands").isLessThan(KEYS * PER_KEY / 2);

                long thawed = frozen.thaw();
                await().atMost(Duration.ofMinutes(3)).until(() -> {
                    broker.sendNumbered(topic, KEYS, PER_KEY, PER_KEY + 1);
                    return frozen.starts().stream().anyMatch(start -> start.payload().equals("" + PER_KEY));
                });

                assertThat(frozen.starts()).filteredOn(start -> start.nanoTime() > thawed)
                        .allMatch(start -> start.payload().equals("" + PER_KEY));
            }
        }
    }
}
