package io.eventlane.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Where the partitions begin that were just assigned.
 * <p>
 * Where the group has no offset yet, the position that the reset policy gave is written down before any record is
 * handled. A member that dies early would else leave the choice to be made again, and with {@code latest} skip what
 * came in between.
 * <p>
 * A partition that was added to its topic since the group began to read is read from its beginning, whatever the policy
 * says: all that is in it came later. The group's commits tell: with each stands how many partitions there were then. An
 * offset that was committed by another consumer does not say so, and counts as older.
 * <p>
 * For the source's thread, within an assignment.
 */
final class StartOffsets {

    private static final Logger LOG = Logger.getLogger(StartOffsets.class);

    private final Consumer<byte[], byte[]> consumer;

    StartOffsets(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Tells each partition what the group has committed, or the position that is to be committed first. */
    void find(List<AssignedPartition> assigned) {
        Set<TopicPartition> ids = assigned.stream().map(AssignedPartition::id).collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> known = committed(ids);
        List<AssignedPartition> fresh = new ArrayList<>();
        for (AssignedPartition partition : assigned) {
            OffsetAndMetadata offset = known.get(partition.id());
            if (offset == null) {
                fresh.add(partition);
            } else {
                partition.resumeFrom(offset);
            }
        }
        Map<String, List<AssignedPartition>> byTopic = fresh.stream()
                .collect(Collectors.groupingBy(partition -> partition.id().topic()));
        byTopic.forEach(this::begin);
    }

    private void begin(String topic, List<AssignedPartition> fresh) {
        Set<TopicPartition> all = new HashSet<>();
        for (PartitionInfo partition : unwoken(() -> consumer.partitionsFor(topic))) {
            all.add(new TopicPartition(topic, partition.partition()));
        }
        int knownToGroup = committed(all).values().stream().filter(Objects::nonNull)
                .mapToInt(offset -> CommitNote.decode(offset.metadata()).partitions()).min().orElse(Integer.MAX_VALUE);
        List<TopicPartition> added = fresh.stream().map(AssignedPartition::id)
                .filter(id -> id.partition() >= knownToGroup).toList();
        if (!added.isEmpty()) {
            LOG.infof("Partitions %s were added since the group reads %s, and are read from their beginning", added, topic);
            consumer.seekToBeginning(added);
        }
        for (AssignedPartition partition : fresh) {
            partition.beginAt(unwoken(() -> consumer.position(partition.id())), all.size());
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> ids) {
        return ids.isEmpty() ? Map.of() : unwoken(() -> consumer.committed(ids));
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
