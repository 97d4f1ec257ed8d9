package io.eventlane.jetstream;

import java.time.Duration;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.engine.Lease;

/**
 * What the intakes of one channel share.
 *
 * @param ordered whether messages are taken in the order of the stream, and by this process alone
 * @param mailbox of the source's thread
 * @param wire receives messages
 * @param lease whether what it consumes is its own
 */
record SourceContext(String channel, boolean ordered, Mailbox mailbox, Link link, Wire wire, ConsumerApi api,
        Streams streams, ChannelDispatcher dispatcher, Lease lease) {

    /** How long handlers may go on when their messages go to another process. */
    Duration revokeTimeout() {
        return dispatcher.settings().revokeTimeout();
    }
}
