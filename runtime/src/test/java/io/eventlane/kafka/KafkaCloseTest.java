package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaCloseTest {

    private final KafkaTestBroker broker = KafkaTestBroker.shared();

    @AfterEach
    void closeClients() {
        broker.close();
    }

    @Test
    void whenClosed_thenRunningHandlersFinishAndAreCommittedAndNoThreadIsLeft() throws Exception {
        String topic = broker.topic(1);
        broker.sendNumbered(topic, 4, 1);
        AtomicInteger started = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        var running = new TestChannel(broker, topic, (record, delivery) -> {
            started.incrementAndGet();
            release.await();
            finished.incrementAndGet();
        }).start();
        await().until(() -> started.get() == 4);

        Thread closer = Thread.startVirtualThread(running::close);
        assertThat(closer.join(Duration.ofMillis(300))).as("close waits for the handlers").isFalse();
        release.countDown();
        closer.join();

        assertThat(finished).hasValue(4);
        assertThat(broker.committed(topic + "-group", topic, 0)).isEqualTo(4);
        assertThat(threads()).isEmpty();
        running.close();
    }

    @Test
    void whenAHandlerOutlastsTheDeadline_thenItIsToldAndInterruptedAndItsRecordIsNotCommitted() {
        String topic = broker.topic(1);
        broker.sendNumbered(topic, 1, 2);
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean toldRevoked = new AtomicBoolean();
        var running = new TestChannel(broker, topic, (record, delivery) -> {
            started.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                toldRevoked.set(delivery.isRevoked());
                throw e;
            }
        }).start();
        await().until(() -> started.getCount() == 0);

        running.close(Duration.ofMillis(200));

        await().untilTrue(toldRevoked);
        assertThat(broker.committed(topic + "-group", topic, 0)).isZero();
        assertThat(threads()).isEmpty();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("eventlane-kafka")).toList();
    }
}
