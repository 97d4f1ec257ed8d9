package io.eventlane.kafka;

import java.nio.ByteBuffer;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.eventlane.Position;
import io.eventlane.channel.DeadLetterReplay.Sorter;
import io.eventlane.channel.DeadLetterReplay.Way;

/**
 * The letters of a replay that are on their way. A round is acknowledged before the next one begins, and has no two
 * letters of one key: so a letter that fails is never overtaken by a later one of its key. What was acknowledged, and
 * stands before any that was not, is committed then.
 */
final class ReplayRound {

    private static final int MAX_LETTERS = 500;

    /**
     * A letter of the round.
     *
     * @param answer {@code null} where it is not sent
     */
    private record Sent(KafkaInboundRecord letter, Way way, @Nullable Future<RecordMetadata> answer) {
    }

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> back;
    private final Producer<byte[], byte[]> again;
    private final Sorter sorter;
    private final Map<String, Integer> partitionCounts = new HashMap<>();
    private final List<Sent> letters = new ArrayList<>();
    private final Set<ByteBuffer> keys = new HashSet<>();
    private Map<TopicPartition, Long> committed = Map.of();

    /**
     * @param back sends letters to where they came from
     * @param again writes to the dead-letter topic
     */
    ReplayRound(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> back, Producer<byte[], byte[]> again,
            Sorter sorter) {
        this.consumer = consumer;
        this.back = back;
        this.again = again;
        this.sorter = sorter;
    }

    /** Takes the next letter, after ending the round where it must not have this one too. */
    void take(KafkaInboundRecord letter) throws InterruptedException {
        byte[] key = letter.laneKey();
        if (letters.size() == MAX_LETTERS || key != null && keys.contains(ByteBuffer.wrap(key))) {
            end();
        }
        try {
            letters.add(send(letter));
        } catch (RuntimeException e) {
            end();
            throw e;
        }
        if (key != null) {
            keys.add(ByteBuffer.wrap(key));
        }
    }

    private Sent send(KafkaInboundRecord letter) {
        Way way = sorter.sort(letter);
        return switch (way) {
            case Way.Pass() -> new Sent(letter, way, null);
            case Way.Stay() -> {
                List<Map.Entry<String, byte[]>> headers = new ArrayList<>();
                letter.forEachHeader((name, value) -> headers.add(new SimpleImmutableEntry<>(name, value)));
                yield send(again, letter, way, letter.topic(), letter.position().partition(), headers);
            }
            case Way.To(String topic, int partition, List<Map.Entry<String, byte[]>> headers) -> {
                int partitions = partitionCounts.computeIfAbsent(topic, name -> back.partitionsFor(name).size());
                yield send(back, letter, way, topic, partition < partitions ? partition : null, headers);
            }
        };
    }

    private Sent send(Producer<byte[], byte[]> producer, KafkaInboundRecord letter, Way way, String topic,
            @Nullable Integer partition, List<Map.Entry<String, byte[]>> headers) {
        var record = new ProducerRecord<byte[], byte[]>(topic, partition, letter.key(), letter.payload());
        headers.forEach(header -> record.headers().add(header.getKey(), header.getValue()));
        sorter.sending(letter, way);
        CompletableFuture<RecordMetadata> answer = new CompletableFuture<>();
        try {
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    answer.complete(metadata);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
        return new Sent(letter, way, answer);
    }

    /**
     * Waits for all answers, and commits.
     *
     * @throws EventlaneException the first failure
     */
    void end() throws InterruptedException {
        Map<TopicPartition, Long> progress = new HashMap<>();
        Set<TopicPartition> stopped = new HashSet<>();
        EventlaneException failure = null;
        List<Sent> ending = List.copyOf(letters);
        letters.clear();
        keys.clear();
        for (Sent sent : ending) {
            Position at = sent.letter().position();
            TopicPartition partition = new TopicPartition(at.source(), at.partition());
            try {
                await(sent);
                if (!stopped.contains(partition)) {
                    progress.put(partition, at.offset() + 1);
                }
            } catch (EventlaneException e) {
                stopped.add(partition);
                failure = failure == null ? e : failure;
            }
        }
        commit(progress);
        if (failure != null) {
            throw failure;
        }
    }

    private void await(Sent sent) throws InterruptedException {
        Future<RecordMetadata> answer = sent.answer();
        if (answer == null) {
            return;
        }
        try {
            RecordMetadata metadata = answer.get();
            sorter.sent(sent.letter(), sent.way(), new Position(metadata.topic(), metadata.partition(), metadata.offset()));
        } catch (ExecutionException e) {
            sorter.sent(sent.letter(), sent.way(), null);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new EventlaneException("the letter at %s was not acknowledged: %s".formatted(sent.letter().position(), cause),
                    cause);
        }
    }

    /** Commits where each partition goes on, unless it is known already. */
    void commit(Map<TopicPartition, Long> progress) {
        Map<TopicPartition, Long> all = new HashMap<>(committed);
        all.putAll(progress);
        if (all.equals(committed)) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        progress.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        consumer.commitSync(offsets);
        committed = all;
    }
}
