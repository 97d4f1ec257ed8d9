package io.eventlane.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.CommitFailedException;
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
    /** How long a commit that was asked for is repeated while the coordinator says that it comes from another time. */
    private static final Duration STALE_PATIENCE = Duration.ofSeconds(2);
    private static final Duration STALE_PAUSE = Duration.ofMillis(50);

    private final String source;
    private final Consumer<byte[], byte[]> consumer;
    private final Membership membership;
    private final long intervalNanos;
    private long lastNanos = System.nanoTime();
    private boolean pending;
    private boolean putOff;
    private int proofs;
    private int longestNote = Integer.MAX_VALUE;
    private @Nullable Exception refusal;

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
        putOff = false;
        if (progress.isEmpty()) {
            return true;
        }
        try {
            unwokenCommit(progress, timeout);
            progress.forEach(AssignedPartition::committed);
            return true;
        } catch (OffsetMetadataTooLarge e) {
            return shortenNotes(progress, e) && commitSync(progress, timeout);
        } catch (RebalanceInProgressException e) {
            putOff = true;
            LOG.debugf("%s: commit of %s put off by a rebalance", source, progress);
            return false;
        } catch (KafkaException e) {
            LOG.warnf("%s: could not commit %s. The records from there on will be delivered again: %s", source, progress, e);
            return false;
        }
    }

    /** Whether the last synchronous commit was refused because the consumer has to be polled first. */
    boolean isPutOffByRebalance() {
        return putOff;
    }

    /**
     * A wake-up is meant for the poll; it must not end a commit that was asked for. And where the broker manages the
     * group, the coordinator may be a heartbeat ahead of the client, which then refuses a commit that is in order: the
     * client learns of it in the background.
     */
    private void unwokenCommit(Map<AssignedPartition, Progress> progress, Duration timeout) {
        long begin = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            try {
                consumer.commitSync(offsets(progress), timeout);
                membership.confirmed(now);
                return;
            } catch (WakeupException e) {
                LOG.tracef("%s: woken while committing", source);
            } catch (CommitFailedException e) {
                if (now - begin > STALE_PATIENCE.toNanos()) {
                    throw e;
                }
                LOG.debugf("%s: commit refused, repeating it: %s", source, e);
                LockSupport.parkNanos(STALE_PAUSE.toNanos());
            }
        }
    }

    /** Why the last commit failed; {@code null} when it did not, or only came in the middle of a rebalance. */
    @Nullable
    Exception refusal() {
        return refusal;
    }

    private void committed(Map<AssignedPartition, Progress> progress, long sentAt, @Nullable Exception failure) {
        pending = false;
        refusal = failure instanceof RebalanceInProgressException ? null : failure;
        if (failure == null) {
            membership.confirmed(sentAt);
            progress.forEach(AssignedPartition::committed);
        } else if (failure instanceof OffsetMetadataTooLarge) {
            shortenNotes(progress, failure);
        } else if (failure instanceof RebalanceInProgressException) {
            LOG.debugf("%s: commit of %s put off by a rebalance", source, progress);
        } else {
            LOG.warnf("%s: commit of %s failed and will be repeated: %s", source, progress, failure.toString());
        }
    }

    /** The broker allows less than we keep to: from now on notes have half of what was too long. */
    private boolean shortenNotes(Map<AssignedPartition, Progress> progress, Exception refusal) {
        int longest = progress.values().stream().mapToInt(one -> one.note(longestNote).length()).max().orElse(0);
        if (longest == 0) {
            return false;
        }
        longestNote = longest / 2;
        LOG.warnf(
                "%s: the broker does not take a list of completed records of %d bytes with a commit, so that after a crash more"
                        + " of them are handled again: %s (offset.metadata.max.bytes of the broker)",
                source, longest,
                refusal.getMessage());
        return true;
    }

    private Map<AssignedPartition, Progress> uncommittedOrProof(Collection<AssignedPartition> partitions, long now) {
        Map<AssignedPartition, Progress> progress = uncommitted(partitions);
        if (progress.isEmpty() && membership.isDue(now)) {
            List<AssignedPartition> known = partitions.stream().filter(partition -> partition.committed() != null).toList();
            if (!known.isEmpty()) {
                // Of one after the other, since the topic of one may have been deleted.
                AssignedPartition partition = known.get(Math.floorMod(proofs++, known.size()));
                return Map.of(partition, Objects.requireNonNull(partition.committed()));
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
        progress.forEach((partition, one) -> offsets.put(partition.id(), one.toKafka(longestNote)));
        return offsets;
    }
}
