package io.eventlane.jetstream;

import io.eventlane.channel.IncomingChannel;

/**
 * An incoming channel on JetStream.
 *
 * @param channel holds no more messages of a consumer than may be unacknowledged: a channel that waits at a bound of its own
 *        says so, and sends parked events where there is room for them
 */
public record JetStreamIncoming(IncomingChannel channel, ConsumerSettings consumer) {

    public JetStreamIncoming {
        channel = channel.withSpanWithin(consumer.maxAckPending());
    }
}
