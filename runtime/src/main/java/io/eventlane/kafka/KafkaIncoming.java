package io.eventlane.kafka;

import java.time.Duration;
import java.util.Map;

import io.eventlane.channel.IncomingChannel;

/**
 * An incoming channel on Kafka.
 *
 * @param channel what it has in common with those of other connectors. Its revoke timeout is below
 *        {@code max.poll.interval.ms}
 * @param attributes what is configured beneath the channel's prefix beside the attributes that the other components stand
 *        for: Kafka's own consumer settings by their names, and any other setting as {@code properties."name"}
 * @param commitInterval how often finished records are committed
 */
public record KafkaIncoming(IncomingChannel channel, Map<String, String> attributes, Duration commitInterval) {

    public KafkaIncoming {
        attributes = Map.copyOf(attributes);
    }

    String property(String attribute) {
        return channel.property(attribute);
    }
}
