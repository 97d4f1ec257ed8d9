package io.eventlane.jetstream;

import io.eventlane.channel.IncomingChannel;

/** An incoming channel on JetStream. */
public record JetStreamIncoming(IncomingChannel channel, ConsumerSettings consumer) {
}
