package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.channel.OrderJournal;

/** Members join and leave without end, in the middle of what the others do about the one before. */
@Tag("wide")
class KafkaRebalanceStormTest {

    private static final int KEYS = 60;
    private static final long STORM_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final KafkaTestBroker broker = KafkaTestBroker.shared();
    private final OrderJournal journal = new OrderJournal();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void closeClients() {
        sender.shutdownNow();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "classic", "consumer" })
    void whenMembersComeAndGoAllTheTime_thenNothingIsLostOvertakenOrRepeated(String protocol) throws Exception {
        String topic = broker.topic(8);
        AtomicLong sent = new AtomicLong();
        sender.scheduleWithFixedDelay(() -> {
            int next = (int) sent.get();
            broker.sendNumbered(topic, KEYS, next, next + 1);
            sent.set(next + 1);
        }, 0, 100, TimeUnit.MILLISECONDS);
        List<TestChannel.Running> members = new ArrayList<>();
        int joins = 0;
        long end = System.nanoTime() + STORM_NANOS;
        while (System.nanoTime() - end < 0) {
            if (members.size() == 3 || members.size() == 2 && ThreadLocalRandom.current().nextBoolean()) {
                members.remove(ThreadLocalRandom.current().nextInt(members.size())).close();
            } else {
                members.add(member(topic, protocol));
                joins++;
            }
            long handled = journal.finished();
            // As many records as pass in about half a second.
            await().atMost(Duration.ofMinutes(1)).until(() -> journal.finished() > handled + 5 * KEYS);
        }
        sender.shutdown();
        assertThat(sender.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofMinutes(2)).until(() -> journal.finished() == KEYS * sent.get());
        members.forEach(TestChannel.Running::close);

        System.out.printf("%s: %d members joined, %d records handled, %d of them again%n", protocol, joins,
                KEYS * sent.get(), journal.starts.get() - KEYS * sent.get());
        journal.assertInOrder();
        assertThat(journal.starts.get()).isEqualTo(KEYS * sent.get());
    }

    private TestChannel.Running member(String topic, String protocol) {
        return new TestChannel(broker, topic,
                journal.handler((record, delivery) -> Thread.sleep(ThreadLocalRandom.current().nextInt(40))))
                .attribute("group.protocol", protocol).maxConcurrency(32).start();
    }
}
