package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.engine.CompletionTracker;
import io.eventlane.engine.DispatcherListener;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.KeyedDispatcher;
import io.eventlane.engine.Ordering;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.InboundRecord;

/** What there is to commit of one assignment. */
class AssignedPartitionTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AssignedPartition partition = partition();

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void whenNothingWasFetchedSinceTheAssignment_thenThereIsNothingToCommit() {
        assertThat(partition.progress()).isNull();

        partition.resumeFrom(new OffsetAndMetadata(17));
        assertThat(partition.progress()).isNull();
        assertThat(partition.committed()).isEqualTo(new Progress(17, ""));
    }

    @Test
    void whenOnlyAGapWasFetched_thenThePositionBehindItIsToBeCommitted() {
        partition.resumeFrom(new OffsetAndMetadata(17));
        partition.fetchedTo(19);
        Progress progress = partition.progress();
        assertThat(progress.offset()).isEqualTo(19);

        partition.committed(progress);
        assertThat(partition.progress()).isEqualTo(partition.committed());
    }

    private AssignedPartition partition() {
        KeyedDispatcher<InboundRecord> dispatcher = new KeyedDispatcher<>(
                new DispatcherSettings("orders", Ordering.KEY, 1, 1, 1),
                new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), 0), (record, run) -> {
                }, Runnable::run, timer, () -> {
                }, new Silent());
        CompletionTracker<InboundRecord> tracker = dispatcher.track("orders-0", 1);
        return new AssignedPartition(new TopicPartition("orders", 0), null, dispatcher, tracker);
    }

    private static final class Silent implements DispatcherListener<InboundRecord> {

        @Override
        public void onFailure(InboundRecord record, int attempt, Throwable failure, Verdict verdict) {
        }

        @Override
        public void onStarvation(Duration unmounted) {
        }

        @Override
        public void onRefusedStart(Throwable refusal) {
        }
    }
}
