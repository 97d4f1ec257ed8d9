package io.eventlane.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Waits, without a thread, until a topic is ready for its first records: its metadata is known, and every partition
 * is served.
 * <p>
 * The second matters for a topic that was created a moment ago. A broker announces a partition before it serves it.
 * It refuses the first batch of a producer then, and takes the next one, which was on its way already: for a producer
 * that a partition has not heard of, any sequence number will do. The first batch comes after it as out of sequence,
 * is refused until it expires, and is lost. A partition that tells its end offset is served.
 */
final class TopicWarmUp {

    private static final Logger LOG = Logger.getLogger(TopicWarmUp.class);
    private static final long AGAIN_AFTER_MS = 50;

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * @param producer configured never to wait
     * @param admin closed when the warm-up is over
     */
    TopicWarmUp(String topic, Producer<byte[], byte[]> producer, Admin admin, ScheduledExecutorService timer) {
        this.topic = topic;
        this.producer = producer;
        this.admin = admin;
        this.timer = timer;
    }

    /** Whether records may be sent. Once true, it stays so. */
    boolean isOver() {
        return ended.get();
    }

    /** Asks, and goes on asking in the background. */
    void start() {
        if (isOver()) {
            return;
        }
        try {
            admin.listOffsets(latestOfAll()).all().whenComplete((offsets, failure) -> answered(failure));
        } catch (TimeoutException e) {
            again();
        } catch (KafkaException | IllegalStateException e) {
            giveUp(e);
        }
    }

    /** Ends it. Idempotent. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            admin.close(Duration.ZERO);
        }
    }

    private Map<TopicPartition, OffsetSpec> latestOfAll() {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (PartitionInfo partition : producer.partitionsFor(topic)) {
            partitions.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
        }
        return partitions;
    }

    private void answered(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null) {
            end();
        } else if (cause instanceof RetriableException) {
            again();
        } else {
            giveUp(cause);
        }
    }

    /** What is wrong is told by the first record that fails for the same reason. */
    private void giveUp(Throwable failure) {
        LOG.debugf(failure, "Topic %s could not be looked at before its first record", topic);
        end();
    }

    private void again() {
        try {
            timer.schedule(this::start, AGAIN_AFTER_MS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            giveUp(e);
        }
    }
}
