package io.eventlane.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Commits the progress of a source's partitions: asynchronously at an interval, synchronously where a partition is
 * given back. A commit that failed is made good by the next one, since every commit says all there is to say. What the
 * coordinator accepts is proof of the {@link Membership}; it is asked for where there is nothing new to commit. For the
 * source's thread.
 */
final class FrontierCommits {

    private static final Logger LOG = Logger.getLogger(FrontierCommits.class);
    /** Between two attempts to prove the membership. */
    private static final long PROOF_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final String source;
    private final Consumer<byte[], byte[]> consumer;
    private final Membership membership;
    private final long intervalNanos;
    private long lastNanos = System.nanoTime();
    private boolean pending;
    private boolean withNotes = true;

    FrontierCommits(String source, Consumer<byte[], byte[]> consumer, Membership membership, Duration interval) {
        this.source = source;
        this.consumer = consumer;
        this.membership = membership;
        this.intervalNanos = interval.toNanos();
    }

    /** At most one commit is on its way at a time, so that an older one never arrives after a newer one. */
    void commitIfDue(Collection<AssignedPartition> partitions) {
        long now = System.nanoTime();
        if (pending || !isDue(now)) {
            return;
        }
        lastNanos = now;
        Map<AssignedPartition, Progress> progress = uncommittedOrProof(partitions, now);
        if (!progress.isEmpty()) {
            pending = true;
            consumer.commitAsync(offsets(progress), (offsets, failure) -> committed(progress, now, failure));
        }
    }

    private boolean isDue(long now) {
        long interval = membership.isDue(now) ? Math.min(intervalNanos, PROOF_EVERY_NANOS) : intervalNanos;
        return now - lastNanos >= interval;
    }

    /**
     * @return {@code false} when the broker did not take it; what it does not cover will be delivered again
     */
    boolean commitNow(Collection<AssignedPartition> partitions, Duration timeout) {
        return commitSync(uncommitted(partitions), timeout);
    }

    /** As {@link #commitNow}, and where there is nothing to commit, asks for a proof of the membership. */
    boolean proveNow(Collection<AssignedPartition> partitions, Duration timeout) {
        return commitSync(uncommittedOrProof(partitions, System.nanoTime()), timeout);
    }

    private boolean commitSync(Map<AssignedPartition, Progress> progress, Duration timeout) {
        if (progress.isEmpty()) {
            return true;
        }
        try {
            unwokenCommit(progress, timeout);
            progress.forEach(AssignedPartition::committed);
            return true;
        } catch (OffsetMetadataTooLarge e) {
            return withoutNotes(e) && commitSync(progress, timeout);
        } catch (KafkaException e) {
            LOG.warnf("%s: could not commit %s. The records from there on will be delivered again: %s", source, progress, e);
            return false;
        }
    }

    /** A wake-up is meant for the poll; it must not end a commit that was asked for. */
    private void unwokenCommit(Map<AssignedPartition, Progress> progress, Duration timeout) {
        while (true) {
            long now = System.nanoTime();
            try {
                consumer.commitSync(offsets(progress), timeout);
                membership.confirmed(now);
                return;
            } catch (WakeupException e) {
                LOG.tracef("%s: woken while committing", source);
            }
        }
    }

    private void committed(Map<AssignedPartition, Progress> progress, long sentAt, @Nullable Exception failure) {
        pending = false;
        if (failure == null) {
            membership.confirmed(sentAt);
            progress.forEach(AssignedPartition::committed);
        } else if (failure instanceof OffsetMetadataTooLarge) {
            withoutNotes(failure);
        } else if (failure instanceof RebalanceInProgressException) {
            LOG.debugf("%s: commit of %s put off by a rebalance", source, progress);
        } else {
            LOG.warnf("%s: commit of %s failed and will be repeated: %s", source, progress, failure.toString());
        }
    }

    /** The broker allows less than we keep to: from now on only offsets are committed. */
    private boolean withoutNotes(Exception refusal) {
        if (withNotes) {
            LOG.warnf("%s: the broker does not take the list of completed records with a commit, so that after a crash more of"
                    + " them are handled again: %s (offset.metadata.max.bytes of the broker)", source, refusal.getMessage());
            withNotes = false;
            return true;
        }
        return false;
    }

    private Map<AssignedPartition, Progress> uncommittedOrProof(Collection<AssignedPartition> partitions, long now) {
        Map<AssignedPartition, Progress> progress = uncommitted(partitions);
        if (progress.isEmpty() && membership.isDue(now)) {
            for (AssignedPartition partition : partitions) {
                Progress known = partition.committed();
                if (known != null) {
                    return Map.of(partition, known);
                }
            }
        }
        return progress;
    }

    private static Map<AssignedPartition, Progress> uncommitted(Collection<AssignedPartition> partitions) {
        Map<AssignedPartition, Progress> uncommitted = new HashMap<>();
        for (AssignedPartition partition : partitions) {
            Progress progress = partition.progress();
            if (progress != null && !progress.equals(partition.committed())) {
                uncommitted.put(partition, progress);
            }
        }
        return uncommitted;
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(Map<AssignedPartition, Progress> progress) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        progress.forEach((partition, one) -> offsets.put(partition.id(), one.toKafka(withNotes)));
        return offsets;
    }
}
