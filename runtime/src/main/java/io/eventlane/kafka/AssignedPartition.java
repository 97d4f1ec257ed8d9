package io.eventlane.kafka;

import java.util.BitSet;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.channel.ConsumedLog;
import io.eventlane.engine.CompletionTracker;
import io.eventlane.spi.InboundRecord;

/** One assignment of a partition: how far it is read, done and committed. For the source's thread. */
final class AssignedPartition {

    private static final long NONE = -1;
    private static final int NO_EPOCH = -1;
    private static final Progress NOTHING = new Progress(NONE, "");

    private final TopicPartition id;
    private final ConsumedLog log;
    private final CompletionTracker<InboundRecord> tracker;

    private boolean paused;
    private long began = NONE;
    private long position = NONE;
    private long newest = NONE;
    private int leaderEpoch = NO_EPOCH;
    private Progress committed = NOTHING;
    private CommitNote note = CommitNote.UNKNOWN;
    /** What an earlier owner has completed above the offset that it committed, until that is used up. */
    private @Nullable CompletedOffsets completed;
    private long completedFrom;

    private AssignedPartition(TopicPartition id, ConsumedLog log) {
        this.id = id;
        this.log = log;
        this.tracker = log.tracker();
    }

    static AssignedPartition of(TopicPartition id, ChannelDispatcher channel) {
        return new AssignedPartition(id, channel.track(id.toString()));
    }

    TopicPartition id() {
        return id;
    }

    ChannelDispatcher channel() {
        return log.channel();
    }

    /** The partition is not consumed any more, or its assignment begins anew. */
    void leave() {
        log.channel().remove(log);
    }

    CompletionTracker<InboundRecord> tracker() {
        return tracker;
    }

    // Records

    /** Whether the records continue those that were submitted; else the log is another one, or was cut. */
    boolean continues(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.getFirst().offset() > newest;
    }

    void submit(List<ConsumerRecord<byte[], byte[]>> records) {
        CompletedOffsets done = completed;
        if (done != null && newest == NONE && !done.isOf(completedFrom, records.getFirst())) {
            completed = null;
            done = null;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (done != null && done.contains(completedFrom, record)) {
                log.submitDone(record.offset());
            } else {
                KafkaInboundRecord inbound = new KafkaInboundRecord(record);
                log.submit(record.offset(), inbound.laneKey(), inbound.size(), inbound);
            }
        }
        ConsumerRecord<byte[], byte[]> last = records.getLast();
        newest = last.offset();
        leaderEpoch = Math.max(leaderEpoch, last.leaderEpoch().orElse(NO_EPOCH));
        if (done != null && newest - completedFrom > CompletedOffsets.MAX_BITS) {
            completed = null;
        }
    }

    /**
     * @param next the offset that the consumer fetches next: behind the records submitted, and behind gaps that
     *        follow them
     */
    void fetchedTo(long next) {
        position = next;
    }

    /** The offset of the newest record that was submitted; negative while there was none. */
    long newest() {
        return newest;
    }

    // Pause

    boolean mustPause() {
        return log.mustPause();
    }

    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean paused) {
        this.paused = paused;
    }

    // Commit

    /**
     * Begins where the reset policy says: the group has committed nothing.
     *
     * @param topicPartitions how many partitions the topic has
     */
    void beginAt(long offset, int topicPartitions) {
        note = new CommitNote(topicPartitions, null, null);
        position = offset;
        began = offset;
    }

    /** Whether the reset policy has left out what stood in the log when the assignment began. */
    boolean leavesOut() {
        return began > 0;
    }

    /**
     * Whether the offsets are those of a topic. Where it is not known of which they are, it is that one.
     */
    boolean isOf(Uuid topic) {
        if (note.topic() == null) {
            note = note.of(topic);
        }
        return topic.equals(note.topic());
    }

    /** Takes up what the group has committed. */
    void resumeFrom(OffsetAndMetadata offset) {
        committed = new Progress(offset.offset(), offset.metadata());
        note = CommitNote.decode(offset.metadata());
        completed = note.completed();
        completedFrom = offset.offset();
    }

    /** What there is to commit; {@code null} while there is nothing. */
    @Nullable
    Progress progress() {
        // Records go on being done meanwhile: the offset and what is noted have to be of the same moment.
        KafkaInboundRecord first = (KafkaInboundRecord) tracker.first();
        long offset = first == null ? committable() : first.unwrap().offset();
        if (offset < 0) {
            return null;
        }
        return new Progress(offset, note.with(first == null ? null : completedAbove(offset, first)).encode());
    }

    /** What is committed already, as far as is known; {@code null} when nothing is. */
    @Nullable
    Progress committed() {
        return committed.offset() < 0 ? null : committed;
    }

    /**
     * The frontier; where nothing is unfinished, the consumer's position, which is behind any gap. Negative if there
     * is none.
     */
    private long committable() {
        long frontier = tracker.frontier();
        return tracker.span() == 0 ? Math.max(frontier, position) : frontier;
    }

    void committed(Progress progress) {
        if (progress.offset() >= committed.offset()) {
            committed = progress;
        }
    }

    private @Nullable CompletedOffsets completedAbove(long offset, KafkaInboundRecord first) {
        BitSet done = new BitSet();
        tracker.forEachDoneAbove(offset, CompletedOffsets.MAX_BITS, above -> done.set((int) (above - offset - 1)));
        CompletedOffsets earlier = completed;
        if (earlier != null && leaderEpoch <= earlier.leaderEpoch()) {
            earlier.forEachAfter(completedFrom, newest, above -> {
                if (above - offset - 1 < CompletedOffsets.MAX_BITS) {
                    done.set((int) (above - offset - 1));
                }
            });
        }
        return done.isEmpty() ? null
                : new CompletedOffsets(CompletedOffsets.mark(first.unwrap()),
                        earlier == null ? leaderEpoch : Math.max(leaderEpoch, earlier.leaderEpoch()), done);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
