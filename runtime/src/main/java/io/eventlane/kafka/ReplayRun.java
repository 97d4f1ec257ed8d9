package io.eventlane.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import io.eventlane.EventlaneException;

/** One way through a dead-letter topic, from where the last one ended to what is its end when this one begins. */
final class ReplayRun {

    private static final Duration POLL = Duration.ofMillis(200);
    /** So long it waits for a letter that is known to be there. */
    private static final Duration MAX_SILENCE = Duration.ofSeconds(60);

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final ReplayRound round;
    private final BooleanSupplier stop;

    ReplayRun(String topic, Consumer<byte[], byte[]> consumer, ReplayRound round, BooleanSupplier stop) {
        this.topic = topic;
        this.consumer = consumer;
        this.round = round;
        this.stop = stop;
    }

    void run() throws InterruptedException {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition())).toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> before = positions(ends.keySet());
        long lastNews = System.nanoTime();
        while (pauseAtEnd(before, ends)) {
            requireGoingOn();
            for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(POLL)) {
                if (letter.offset() < ends.getOrDefault(new TopicPartition(topic, letter.partition()), 0L)) {
                    requireGoingOn();
                    round.take(new KafkaInboundRecord(letter));
                }
            }
            Map<TopicPartition, Long> now = positions(ends.keySet());
            round.end();
            if (!now.equals(before)) {
                lastNews = System.nanoTime();
                round.commit(upTo(now, ends));
            } else if (System.nanoTime() - lastNews > MAX_SILENCE.toNanos()) {
                throw new TimeoutException("no letter came within " + MAX_SILENCE);
            }
            before = now;
        }
    }

    private void requireGoingOn() throws InterruptedException {
        if (stop.getAsBoolean()) {
            round.end();
            throw new EventlaneException("the application stops");
        }
    }

    /** Returns whether any partition is not at its end. */
    private boolean pauseAtEnd(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
        List<TopicPartition> done = ends.keySet().stream()
                .filter(partition -> positions.getOrDefault(partition, 0L) >= ends.getOrDefault(partition, 0L)).toList();
        consumer.pause(done);
        return done.size() < ends.size();
    }

    /** They also pass the gaps that transactions and compaction leave. */
    private Map<TopicPartition, Long> positions(Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        partitions.forEach(partition -> positions.put(partition, consumer.position(partition)));
        return positions;
    }

    private static Map<TopicPartition, Long> upTo(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> bounded = new HashMap<>();
        positions.forEach(
                (partition, position) -> bounded.put(partition, Math.min(position, ends.getOrDefault(partition, position))));
        return bounded;
    }
}
