package io.eventlane.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

import io.eventlane.channel.ChannelDispatcher;
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
    /** While handlers are waited for, the membership has to be proved, and those that are due have to be started. */
    private static final Duration PULSE = Duration.ofMillis(500);
    private static final Duration PROOF_TIMEOUT = Duration.ofSeconds(2);
    /** How often to look whether a rebalance is over that stands in the way of a commit. */
    private static final Duration REBALANCE_POLL = Duration.ofMillis(100);

    private final String source;
    private final Consumer<byte[], byte[]> consumer;
    private final FrontierCommits commits;
    private final Membership membership;
    private final StartOffsets starts;
    private final Duration revokeTimeout;
    private final List<ChannelDispatcher> channels;
    private final Map<String, ChannelDispatcher> byTopic = new HashMap<>();
    private final Map<TopicPartition, AssignedPartition> partitions = new HashMap<>();
    private Map<String, Uuid> topicIds = Map.of();
    private Set<String> recreated = Set.of();
    private int joins;
    private boolean leaving;

    Assignments(String source, Consumer<byte[], byte[]> consumer, FrontierCommits commits, Membership membership,
            List<ChannelDispatcher> channels, Duration revokeTimeout) {
        this.source = source;
        this.consumer = consumer;
        this.commits = commits;
        this.membership = membership;
        this.starts = new StartOffsets(consumer);
        this.revokeTimeout = revokeTimeout;
        this.channels = channels;
        channels.forEach(channel -> channel.settings().topics().forEach(topic -> byTopic.put(topic, channel)));
    }

    Set<String> topics() {
        return byTopic.keySet();
    }

    Collection<AssignedPartition> all() {
        return partitions.values();
    }

    /** Whether the consumer has been a member of its group. */
    boolean hasJoined() {
        return joins > 0;
    }

    /** How often partitions were assigned. */
    int joins() {
        return joins;
    }

    // Records

    void submit(TopicPartition id, List<ConsumerRecord<byte[], byte[]>> records) {
        AssignedPartition partition = get(id);
        if (!partition.continues(records)) {
            LOG.errorf("%s: after offset %d, %s goes on with offset %d: the topic was deleted and created again, or its log was"
                    + " cut, or somebody moved the consumer. Records that were fetched and not handled may be gone: %d", source,
                    partition.newest(), id, records.getFirst().offset(), partition.tracker().unfinished());
            partition = startOver(partition);
        }
        partition.submit(records);
    }

    void fetchedTo(TopicPartition id, long next) {
        get(id).fetchedTo(next);
    }

    /**
     * Looks for partitions whose topic is another one than that of their offsets: what is held of the old one is dropped,
     * and the new one is read from its first record on, whatever the reset policy says.
     *
     * @param madeAnew the topics that have been made anew since this source runs
     */
    void topicsAre(Map<String, Uuid> ids, Set<String> madeAnew) {
        if (!topicIds.equals(ids)) {
            topicIds = Map.copyOf(ids);
            recreated = Set.copyOf(madeAnew);
            checkTopics();
        }
    }

    private void checkTopics() {
        for (AssignedPartition partition : List.copyOf(partitions.values())) {
            String topic = partition.id().topic();
            Uuid topicId = topicIds.get(topic);
            if (topicId != null && (!partition.isOf(topicId) || partition.leavesOut() && recreated.contains(topic))) {
                LOG.errorf(
                        "%s: topic %s was deleted and created again. Of what was fetched from the old %s, %d records were not"
                                + " handled and are dropped; what was not fetched is gone. The new one is read from its beginning",
                        source, topic, partition, partition.tracker().unfinished());
                // Committed at once: the offset of the old topic must not be what another member finds.
                AssignedPartition renewed = startOver(partition);
                renewed.beginAt(0, CommitNote.UNKNOWN.partitions());
                renewed.isOf(topicId);
                consumer.seekToBeginning(Set.of(partition.id()));
            }
        }
    }

    private AssignedPartition startOver(AssignedPartition old) {
        old.tracker().revoke();
        old.leave();
        AssignedPartition renewed = AssignedPartition.of(old.id(), old.channel());
        renewed.setPaused(old.isPaused());
        partitions.put(old.id(), renewed);
        return renewed;
    }

    private AssignedPartition get(TopicPartition id) {
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
        joins++;
        if (leaving) {
            consumer.pause(assigned);
            return;
        }
        List<AssignedPartition> added = new ArrayList<>();
        for (TopicPartition id : assigned) {
            ChannelDispatcher channel = byTopic.get(id.topic());
            if (channel == null) {
                throw new IllegalStateException("No channel reads " + id.topic() + "; known are " + byTopic.keySet());
            }
            AssignedPartition partition = AssignedPartition.of(id, channel);
            partitions.put(id, partition);
            added.add(partition);
        }
        starts.find(added);
        checkTopics();
        commits.proveNow(partitions.values(), COMMIT_TIMEOUT);
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

    /** Another member has everything already. */
    void loseAll() {
        onPartitionsLost(Set.copyOf(partitions.keySet()));
    }

    /** Everything goes back, and nothing is taken any more: the source ends, or its consumer is replaced. */
    void giveBackAll(Duration deadline) {
        leaving = true;
        drain(List.copyOf(partitions.values()), deadline);
        long end = System.nanoTime() + COMMIT_TIMEOUT.toNanos();
        while (!commits.commitNow(partitions.values(), COMMIT_TIMEOUT) && commits.isPutOffByRebalance()
                && end - System.nanoTime() > 0) {
            pollForRebalance();
        }
        remove(Set.copyOf(partitions.keySet()));
    }

    /** Somebody joins or leaves at the same time: only then does the coordinator take a commit again. */
    private void pollForRebalance() {
        consumer.pause(consumer.assignment());
        try {
            consumer.poll(REBALANCE_POLL);
        } catch (WakeupException e) {
            LOG.trace("Woken while waiting for a rebalance");
        }
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
        // Asked once for each channel: whoever is told that there is no room has to keep to it.
        Set<ChannelDispatcher> full = channels.stream().filter(channel -> !channel.hasRoom()).collect(Collectors.toSet());
        for (AssignedPartition partition : partitions.values()) {
            boolean paused = full.contains(partition.channel()) || partition.mustPause();
            if (paused && (again || !partition.isPaused())) {
                pause.add(partition.id());
            } else if (!paused && partition.isPaused()) {
                resume.add(partition.id());
            }
            partition.setPaused(paused);
        }
        if (!pause.isEmpty()) {
            consumer.pause(pause);
        }
        if (!resume.isEmpty()) {
            consumer.resume(resume);
        }
    }

    // The steps

    private void giveBack(Collection<TopicPartition> ids, Duration deadline) {
        List<AssignedPartition> gone = remove(ids);
        drain(gone, deadline);
        commits.commitNow(gone, COMMIT_TIMEOUT);
    }

    private void drain(List<AssignedPartition> gone, Duration deadline) {
        List<CompletionTracker<InboundRecord>> trackers = gone.stream().map(AssignedPartition::tracker).toList();
        trackers.forEach(CompletionTracker::revoke);
        if (!Drain.await(trackers, deadline, PULSE, () -> pulse(gone))) {
            gone.stream().filter(partition -> !partition.tracker().isDrained())
                    .forEach(partition -> abandon(partition, "was given back after waiting " + deadline));
        }
    }

    private void pulse(List<AssignedPartition> gone) {
        if (membership.isDue(System.nanoTime())) {
            Set<AssignedPartition> members = new HashSet<>(gone);
            members.addAll(partitions.values());
            commits.proveNow(members, PROOF_TIMEOUT);
        }
        channels.forEach(ChannelDispatcher::housekeep);
    }

    private void abandon(AssignedPartition partition, String why) {
        List<Long> running = partition.tracker().abandon();
        if (!running.isEmpty()) {
            LOG.warnf("%s: %s of channel %s %s while handlers were running, or their acknowledgement was missing, for the"
                    + " offsets %s. They were interrupted, and their records will be handled again", source, partition,
                    partition.channel().name(), why, running);
        }
    }

    private List<AssignedPartition> remove(Collection<TopicPartition> ids) {
        List<AssignedPartition> gone = new ArrayList<>();
        for (TopicPartition id : ids) {
            AssignedPartition partition = partitions.remove(id);
            if (partition != null) {
                partition.leave();
                gone.add(partition);
            }
        }
        return gone;
    }
}
