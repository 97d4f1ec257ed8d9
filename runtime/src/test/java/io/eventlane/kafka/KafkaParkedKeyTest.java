package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.eventlane.engine.Verdict;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

/** One key fails and is parked, with records that keep coming, beside a thousand that are well. */
@Tag("wide")
class KafkaParkedKeyTest {

    private static final int KEYS = 1000;
    private static final int MAX_SPAN = 6000;
    private static final int ROUNDS = 3;
    private static final int PER_ROUND = 3000;

    private final KafkaTestBroker broker = KafkaTestBroker.shared();
    private final AtomicIntegerArray handled = new AtomicIntegerArray(2);
    private final AtomicInteger hotOf0 = new AtomicInteger();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @Test
    void whenAKeyIsParked_thenTheOthersKeepTheirRateUntilTheBoundWhichNamesIt() {
        String topic = broker.topic(2);
        double ratio = 0;
        double other = 0;
        try (var running = channel(topic).start()) {
            rate(topic, "warm", 0, 1);
            for (int round = 0; round < ROUNDS; round++) {
                double without = rate(topic, "well" + round, 0);
                broker.send(topic, 0, "hot", "fails");
                double with = rate(topic, "beside" + round, 0);
                ratio = Math.max(ratio, with / without);
                double alone = rate(topic, "alone" + round, 1);
                reachBound(running, topic);
                double beside = rate(topic, "paused" + round, 1);
                other = Math.max(other, beside / alone);
                System.out.printf(
                        "events/s: %.0f; beside a parked key %.0f; of another partition %.0f; beside a paused one %.0f%n",
                        without, with, alone, beside);
                mend(running, topic);
            }
        }
        assertThat(ratio).as("rate beside a parked key").isGreaterThan(0.9);
        assertThat(other).as("rate beside a paused partition").isGreaterThan(0.9);
    }

    private final AtomicInteger mended = new AtomicInteger();

    private TestChannel channel(String topic) {
        return new TestChannel(broker, topic, (record, delivery) -> {
            if (KafkaTestBroker.text(record.key()).equals("hot")) {
                hotOf0.incrementAndGet();
                if (mended.get() == 0) {
                    throw new IllegalStateException("no such customer");
                }
            } else {
                Thread.sleep(2);
            }
            handled.incrementAndGet(record.position().partition());
        }).policy((record, attempt, failure) -> new Verdict.Park(Duration.ofMillis(200))).maxSpan(MAX_SPAN);
    }

    /** Fills the partition behind the parked record until nothing more is taken; the status must say so. */
    private void reachBound(TestChannel.Running running, String topic) {
        int before = handled.get(0);
        for (int i = 0; i < 2 * MAX_SPAN; i++) {
            broker.send(topic, 0, "key-" + i % KEYS, "fill");
        }
        broker.flush();
        await().until(() -> !running.status().troubles().isEmpty());
        assertThat(running.status().troubles()).extracting(Trouble::severity).containsExactly(Severity.NOT_READY);
        assertThat(running.status().troubles().getFirst().what()).contains(topic + "-0 is paused", "(max-span)", "key 'hot' at "
                + topic + "-0@");
        assertThat(handled.get(0) - before).as("so many go past it").isBetween(MAX_SPAN - 1000 - PER_ROUND, MAX_SPAN);
    }

    private void mend(TestChannel.Running running, String topic) {
        mended.set(1);
        await().until(() -> broker.committed(topic + "-group", topic, 0) == broker.end(topic, 0)
                && running.status().troubles().isEmpty());
        mended.set(0);
    }

    /** Sends to partitions while their records are handled; returns how many of a partition are handled in a second. */
    private double rate(String topic, String value, int... partitions) {
        List<Integer> until = new ArrayList<>();
        long begin = System.nanoTime();
        for (int partition : partitions) {
            until.add(handled.get(partition) + PER_ROUND);
            for (int i = 0; i < PER_ROUND; i++) {
                broker.send(topic, partition, "key-" + i % KEYS, value);
            }
        }
        broker.flush();
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            for (int i = 0; i < partitions.length; i++) {
                if (handled.get(partitions[i]) < until.get(i)) {
                    return false;
                }
            }
            return true;
        });
        return PER_ROUND * 1e9 / (System.nanoTime() - begin);
    }
}
