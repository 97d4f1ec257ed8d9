package io.eventlane.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import io.eventlane.engine.DispatcherListener;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.FailurePolicy;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/**
 * An incoming channel on Kafka.
 *
 * @param channel its name
 * @param topics the topics it reads, at least one
 * @param attributes what is configured beneath {@code quarkus.eventlane.incoming.<channel>.} beside the attributes
 *        that the other components stand for: Kafka's own consumer settings by their names, and any other setting as
 *        {@code properties."name"}
 * @param dispatcher the channel's limits
 * @param maxSpan how many records of a partition may be held from the first unfinished one on, before that partition
 *        is paused
 * @param policy what becomes of a record that failed
 * @param revokeTimeout how long running handlers may take to finish when their partition moves to another member;
 *        below {@code max.poll.interval.ms}
 * @param commitInterval how often finished records are committed
 * @param maxAge how long a handler may run, or the acknowledgement of its record be missing, before that is reported
 * @param workers starts a thread for each task
 * @param handler handles each record
 * @param listener hears of failures
 */
public record KafkaIncoming(
        String channel,
        List<String> topics,
        Map<String, String> attributes,
        DispatcherSettings dispatcher,
        int maxSpan,
        FailurePolicy<? super InboundRecord> policy,
        Duration revokeTimeout,
        Duration commitInterval,
        Duration maxAge,
        Executor workers,
        InboundHandler handler,
        DispatcherListener<InboundRecord> listener) {

    public KafkaIncoming {
        topics = List.copyOf(topics);
        attributes = Map.copyOf(attributes);
    }

    /** The full name of the property that sets an attribute of this channel. */
    String property(String attribute) {
        return "quarkus.eventlane.incoming.%s.%s".formatted(channel, attribute);
    }
}
