package io.eventlane.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.kafka.common.TopicPartition;

import io.eventlane.engine.CompletionTracker;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.KeyedDispatcher;
import io.eventlane.engine.Lease;
import io.eventlane.engine.RecordHandler;
import io.eventlane.engine.Run;
import io.eventlane.engine.Stuck;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/** One channel of a source: its dispatcher, and the partitions of its topics that this member has. For the source's thread. */
final class SourceChannel {

    private final KafkaIncoming settings;
    private final KeyedDispatcher<InboundRecord> dispatcher;
    private final int maxSpan;
    private final List<AssignedPartition> partitions = new ArrayList<>();

    /**
     * @param headroom how many records one poll may bring: so many before its bounds the channel pauses
     * @param lease the consumer's right to its partitions
     */
    SourceChannel(KafkaIncoming settings, int headroom, ScheduledExecutorService timer, Runnable wakeSource, Lease lease) {
        this.settings = settings;
        this.maxSpan = Math.max(1, settings.maxSpan() - headroom + 1);
        DispatcherSettings limits = settings.dispatcher();
        DispatcherSettings early = new DispatcherSettings(limits.name(), limits.ordering(), limits.maxConcurrency(),
                Math.max(1, limits.maxQueued() - headroom + 1), limits.maxQueuedBytes());
        this.dispatcher = new KeyedDispatcher<>(early, settings.policy(), handler(settings.handler()), settings.workers(),
                timer,
                wakeSource, settings.listener(), lease);
    }

    String name() {
        return settings.channel();
    }

    List<String> topics() {
        return settings.topics();
    }

    AssignedPartition assign(TopicPartition topicPartition) {
        var partition = new AssignedPartition(topicPartition, this, dispatcher,
                dispatcher.track(topicPartition.toString(), maxSpan));
        partitions.add(partition);
        return partition;
    }

    void remove(AssignedPartition partition) {
        partitions.remove(partition);
    }

    List<AssignedPartition> partitions() {
        return partitions;
    }

    boolean hasRoom() {
        return dispatcher.hasRoom();
    }

    KafkaIncoming settings() {
        return settings;
    }

    int running() {
        return dispatcher.running();
    }

    int held() {
        return dispatcher.held();
    }

    /** Has the key of a record that waits after failures go elsewhere, so that what it holds up can go on; if it can. */
    boolean divert(CompletionTracker<InboundRecord> tracker, Stuck<InboundRecord> stuck) {
        if (!settings.handler().divert(stuck.record())) {
            return false;
        }
        tracker.runNow(stuck);
        return true;
    }

    void flush() {
        dispatcher.flush();
    }

    void housekeep() {
        dispatcher.housekeep();
    }

    private static RecordHandler<InboundRecord> handler(InboundHandler handler) {
        return (record, run) -> handler.handle(record, new RunDelivery(run));
    }

    private record RunDelivery(Run run) implements InboundHandler.Delivery {

        @Override
        public int attempt() {
            return run.attempt();
        }

        @Override
        public boolean isRevoked() {
            return run.isRevoked();
        }

        @Override
        public void doneWhen(CompletionStage<?> stage) {
            run.doneWhen(stage);
        }
    }
}
