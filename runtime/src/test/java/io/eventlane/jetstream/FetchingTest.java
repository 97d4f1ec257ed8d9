package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;

/** A channel of several consumers, which asks a real server for messages. */
@NeedsNats
class FetchingTest {

    private static final int PARTITIONS = 8;
    private static final int MESSAGES = 160;
    private static final int SIZE = 100_000;
    private static final int MOST = 40;
    /** A consumer whose requests stand must not keep the others waiting until they expire. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void whenSeveralPartitionsHaveLargeMessages_thenNotEachBringsAsMuchAsTheChannelMayHold() throws Exception {
        String topic = TestNats.unique();
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withSetting("max_payload", 2 * SIZE));
                TestNats nats = new TestNats(server.url());
                var running = new TestIncoming(nats, topic, (record, delivery) -> {
                    end.await();
                    handled.incrementAndGet();
                }).spec(TestNats.partitioned(topic, PARTITIONS)).maxQueuedBytes(MOST * SIZE).start()) {
            running.awaitReady();
            for (int i = 0; i < MESSAGES; i++) {
                nats.connection.jetStream().publish(topic + ".key-" + i, new byte[SIZE]);
            }

            await().during(Duration.ofSeconds(2)).until(
                    () -> most.accumulateAndGet((int) running.status().facts().get("held"), Math::max) > MOST / 2);
            end.countDown();
            await().atMost(SOON).until(() -> handled.get() == MESSAGES);
        }
        assertThat(most.get()).isLessThan(2 * MOST);
    }
}
