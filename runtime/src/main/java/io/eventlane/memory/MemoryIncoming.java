package io.eventlane.memory;

import io.eventlane.channel.IncomingChannel;

/**
 * An incoming channel in memory.
 *
 * @param channel what it has in common with those of other connectors. Nothing is revoked here: its revoke timeout is not
 *        read
 * @param group its consumer group: as on a broker, two channels of one group do not read the same topic
 */
public record MemoryIncoming(IncomingChannel channel, String group) {
}
