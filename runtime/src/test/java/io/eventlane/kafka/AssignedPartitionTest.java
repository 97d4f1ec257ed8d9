package io.eventlane.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.channel.IncomingChannel;
import io.eventlane.engine.Lease;

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
        IncomingChannel channel = TestChannel.definition("orders", "orders", Map.of()).channel();
        return AssignedPartition.of(new TopicPartition("orders", 0), new ChannelDispatcher(channel, 1, timer, () -> {
        }, Lease.unlimited()));
    }
}
