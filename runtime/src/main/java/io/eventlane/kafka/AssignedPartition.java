package io.eventlane.kafka;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import io.eventlane.engine.CompletionTracker;
import io.eventlane.engine.KeyedDispatcher;
import io.eventlane.spi.InboundRecord;

/**
 * One assignment of a partition, with all that its records need: the dispatcher and the tracker are found here once,
 * not for each record. For the source's thread.
 */
final class AssignedPartition {

    private static final long NONE = -1;

    private final TopicPartition id;
    private final SourceChannel channel;
    private final KeyedDispatcher<InboundRecord> dispatcher;
    private final CompletionTracker<InboundRecord> tracker;

    private boolean paused;
    private long position = NONE;
    private long committed = NONE;

    AssignedPartition(TopicPartition id, SourceChannel channel, KeyedDispatcher<InboundRecord> dispatcher,
            CompletionTracker<InboundRecord> tracker) {
        this.id = id;
        this.channel = channel;
        this.dispatcher = dispatcher;
        this.tracker = tracker;
    }

    TopicPartition id() {
        return id;
    }

    SourceChannel channel() {
        return channel;
    }

    CompletionTracker<InboundRecord> tracker() {
        return tracker;
    }

    // Records

    void submit(List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            KafkaInboundRecord inbound = new KafkaInboundRecord(record);
            dispatcher.submit(tracker, record.offset(), inbound.laneKey(), inbound.size(), inbound);
        }
    }

    /**
     * @param next the offset that the consumer fetches next: behind the records submitted, and behind gaps that
     *        follow them
     */
    void fetchedTo(long next) {
        position = next;
    }

    // Pause

    boolean atSpan() {
        return tracker.atSpan();
    }

    boolean isPaused() {
        return paused;
    }

    void setPaused(boolean paused) {
        this.paused = paused;
    }

    // Commit

    boolean hasUncommitted() {
        long committable = committable();
        return committable >= 0 && committable != committed;
    }

    /**
     * The frontier; where nothing is unfinished, the consumer's position, which is behind any gap. Negative if there
     * is none.
     */
    long committable() {
        long frontier = tracker.frontier();
        return tracker.span() == 0 ? Math.max(frontier, position) : frontier;
    }

    void committed(long offset) {
        committed = Math.max(committed, offset);
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
