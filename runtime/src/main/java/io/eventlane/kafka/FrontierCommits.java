package io.eventlane.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Commits the frontiers of a source's partitions: asynchronously at an interval, synchronously where a partition is
 * given back. A commit that failed is made good by the next one, since every commit says all there is to say. For the
 * source's thread.
 */
final class FrontierCommits {

    private static final Logger LOG = Logger.getLogger(FrontierCommits.class);

    private final String source;
    private final Consumer<byte[], byte[]> consumer;
    private final long intervalNanos;
    private long lastNanos = System.nanoTime();
    private boolean pending;

    FrontierCommits(String source, Consumer<byte[], byte[]> consumer, Duration interval) {
        this.source = source;
        this.consumer = consumer;
        this.intervalNanos = interval.toNanos();
    }

    /** At most one commit is on its way at a time, so that an older one never arrives after a newer one. */
    void commitIfDue(Collection<AssignedPartition> partitions) {
        long now = System.nanoTime();
        if (pending || now - lastNanos < intervalNanos) {
            return;
        }
        lastNanos = now;
        Map<AssignedPartition, Long> frontiers = uncommitted(partitions);
        if (!frontiers.isEmpty()) {
            pending = true;
            consumer.commitAsync(offsets(frontiers), (offsets, failure) -> committed(frontiers, failure));
        }
    }

    /**
     * @return {@code false} when the broker did not take it; what it does not cover will be delivered again
     */
    boolean commitNow(Collection<AssignedPartition> partitions, Duration timeout) {
        Map<AssignedPartition, Long> frontiers = uncommitted(partitions);
        if (frontiers.isEmpty()) {
            return true;
        }
        try {
            commitSync(offsets(frontiers), timeout);
            frontiers.forEach(AssignedPartition::committed);
            return true;
        } catch (KafkaException e) {
            LOG.warnf(e, "%s: could not commit %s. The records from there on will be delivered again", source, frontiers);
            return false;
        }
    }

    /** A wake-up is meant for the poll; it must not end a commit that was asked for. */
    private void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        while (true) {
            try {
                consumer.commitSync(offsets, timeout);
                return;
            } catch (WakeupException e) {
                LOG.tracef("%s: woken while committing", source);
            }
        }
    }

    private void committed(Map<AssignedPartition, Long> frontiers, @Nullable Exception failure) {
        pending = false;
        if (failure == null) {
            frontiers.forEach(AssignedPartition::committed);
        } else if (failure instanceof RebalanceInProgressException) {
            LOG.debugf("%s: commit of %s put off by a rebalance", source, frontiers);
        } else {
            LOG.warnf("%s: commit of %s failed and will be repeated: %s", source, frontiers, failure.toString());
        }
    }

    private static Map<AssignedPartition, Long> uncommitted(Collection<AssignedPartition> partitions) {
        Map<AssignedPartition, Long> frontiers = new HashMap<>();
        for (AssignedPartition partition : partitions) {
            if (partition.hasUncommitted()) {
                frontiers.put(partition, partition.committable());
            }
        }
        return frontiers;
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsets(Map<AssignedPartition, Long> frontiers) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        frontiers.forEach((partition, offset) -> offsets.put(partition.id(), new OffsetAndMetadata(offset)));
        return offsets;
    }
}
