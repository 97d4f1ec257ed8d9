package io.eventlane.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

import io.eventlane.engine.CompletionTracker;
import io.eventlane.engine.Drain;
import io.eventlane.spi.InboundRecord;

/**
 * The partitions that a consumer has at the moment, and what happens when they come and go. For the source's thread:
 * the consumer calls back from within its poll.
 */
final class Assignments implements ConsumerRebalanceListener {

    private static final Logger LOG = Logger.getLogger(Assignments.class);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(10);

    private final String source;
    private final Consumer<byte[], byte[]> consumer;
    private final FrontierCommits commits;
    private final Duration revokeTimeout;
    private final List<SourceChannel> channels;
    private final Map<String, SourceChannel> byTopic = new HashMap<>();
    private final Map<TopicPartition, AssignedPartition> partitions = new HashMap<>();

    Assignments(String source, Consumer<byte[], byte[]> consumer, FrontierCommits commits, List<SourceChannel> channels,
            Duration revokeTimeout) {
        this.source = source;
        this.consumer = consumer;
        this.commits = commits;
        this.revokeTimeout = revokeTimeout;
        this.channels = channels;
        channels.forEach(channel -> channel.topics().forEach(topic -> byTopic.put(topic, channel)));
    }

    Set<String> topics() {
        return byTopic.keySet();
    }

    Collection<AssignedPartition> all() {
        return partitions.values();
    }

    AssignedPartition get(TopicPartition id) {
        AssignedPartition partition = partitions.get(id);
        if (partition == null) {
            throw new IllegalStateException(
                    "Records of %s, which is not assigned; assigned are %s".formatted(id, partitions.keySet()));
        }
        return partition;
    }

    // From the consumer

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        for (TopicPartition id : assigned) {
            SourceChannel channel = byTopic.get(id.topic());
            if (channel == null) {
                throw new IllegalStateException("No channel reads " + id.topic() + "; known are " + byTopic.keySet());
            }
            partitions.put(id, channel.assign(id));
        }
        commitStart(assigned);
        regulate(true);
        LOG.debugf("%s: assigned %s", source, assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        giveBack(revoked, revokeTimeout);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        List<AssignedPartition> gone = remove(lost);
        gone.forEach(partition -> partition.tracker().revoke());
        gone.forEach(partition -> abandon(partition, "was lost to another member"));
    }

    /** Everything goes back: the source ends, or its consumer is replaced. */
    void giveBackAll(Duration deadline) {
        giveBack(new HashSet<>(partitions.keySet()), deadline);
    }

    // Pausing

    /**
     * Pauses what has reached a bound and resumes what has not: all partitions of a channel that has no room, and
     * single ones whose oldest record holds up too many.
     *
     * @param again also pauses what is paused already, after an assignment that may have forgotten it
     */
    void regulate(boolean again) {
        List<TopicPartition> pause = new ArrayList<>();
        List<TopicPartition> resume = new ArrayList<>();
        for (SourceChannel channel : channels) {
            boolean room = channel.hasRoom();
            for (AssignedPartition partition : channel.partitions()) {
                boolean paused = !room || partition.atSpan();
                if (paused && (again || !partition.isPaused())) {
                    pause.add(partition.id());
                } else if (!paused && partition.isPaused()) {
                    resume.add(partition.id());
                }
                partition.setPaused(paused);
            }
        }
        if (!pause.isEmpty()) {
            consumer.pause(pause);
        }
        if (!resume.isEmpty()) {
            consumer.resume(resume);
        }
    }

    // The steps

    /**
     * Where the group has no offset yet, the position that the reset policy gave is written down before any record is
     * handled. A member that dies early would else leave the choice to be made again, and with {@code latest} skip
     * what came in between.
     */
    private void commitStart(Collection<TopicPartition> assigned) {
        Map<TopicPartition, OffsetAndMetadata> known = unwoken(() -> consumer.committed(new HashSet<>(assigned)));
        List<AssignedPartition> fresh = new ArrayList<>();
        for (TopicPartition id : assigned) {
            AssignedPartition partition = get(id);
            OffsetAndMetadata committed = known.get(id);
            if (committed != null) {
                partition.committed(committed.offset());
            } else {
                partition.fetchedTo(unwoken(() -> consumer.position(id)));
                fresh.add(partition);
            }
        }
        commits.commitNow(fresh, COMMIT_TIMEOUT);
    }

    private void giveBack(Collection<TopicPartition> ids, Duration deadline) {
        List<AssignedPartition> gone = remove(ids);
        List<CompletionTracker<InboundRecord>> trackers = gone.stream().map(AssignedPartition::tracker).toList();
        trackers.forEach(CompletionTracker::revoke);
        if (!Drain.await(trackers, deadline)) {
            gone.stream().filter(partition -> !partition.tracker().isDrained())
                    .forEach(partition -> abandon(partition, "was given back after waiting " + deadline));
        }
        commits.commitNow(gone, COMMIT_TIMEOUT);
    }

    private void abandon(AssignedPartition partition, String why) {
        List<Long> running = partition.tracker().abandon();
        if (!running.isEmpty()) {
            LOG.warnf("%s: %s of channel %s %s while handlers were running for the offsets %s. They were interrupted, "
                    + "and their records will be handled again", source, partition, partition.channel().name(), why, running);
        }
    }

    private List<AssignedPartition> remove(Collection<TopicPartition> ids) {
        List<AssignedPartition> gone = new ArrayList<>();
        for (TopicPartition id : ids) {
            AssignedPartition partition = partitions.remove(id);
            if (partition != null) {
                partition.channel().remove(partition);
                gone.add(partition);
            }
        }
        return gone;
    }

    /** A wake-up is meant for the poll; it must not end what an assignment needs. */
    private static <T> T unwoken(Supplier<T> call) {
        while (true) {
            try {
                return call.get();
            } catch (WakeupException e) {
                LOG.trace("Woken during an assignment");
            }
        }
    }
}
