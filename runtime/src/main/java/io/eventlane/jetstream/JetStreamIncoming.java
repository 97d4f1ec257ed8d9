package io.eventlane.jetstream;

import java.util.List;

import io.eventlane.channel.IncomingChannel;

/**
 * An incoming channel on JetStream.
 *
 * @param topics those of the channel, each with its stream
 */
public record JetStreamIncoming(IncomingChannel channel, List<TopicSpec> topics, ConsumerSettings consumer) {

    public JetStreamIncoming {
        topics = List.copyOf(topics);
    }
}
