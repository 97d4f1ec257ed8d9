package io.eventlane.benchmarks.kafka.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

import io.eventlane.benchmarks.common.Work;

/** The yardstick: one thread polls, handles and commits what it has handled, and does nothing else. */
final class BarePollLoop implements AutoCloseable {

    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Work work;
    private final Duration commitInterval;
    private final Thread thread = Thread.ofPlatform().name("bare-poll-loop").unstarted(this::run);

    BarePollLoop(String topic, Map<String, Object> consumerConfig, Duration commitInterval, Work work) {
        this.work = work;
        this.commitInterval = commitInterval;
        consumer = new KafkaConsumer<>(consumerConfig);
        consumer.subscribe(List.of(topic));
    }

    void start() {
        thread.start();
    }

    private void run() {
        long nextCommit = System.nanoTime() + commitInterval.toNanos();
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                    work.handle(record.value());
                }
                if (System.nanoTime() - nextCommit >= 0) {
                    consumer.commitAsync();
                    nextCommit = System.nanoTime() + commitInterval.toNanos();
                }
            }
        } catch (WakeupException e) {
            consumer.commitSync();
        } finally {
            consumer.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.wakeup();
        thread.join();
    }
}
