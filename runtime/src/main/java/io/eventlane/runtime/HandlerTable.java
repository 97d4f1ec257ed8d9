package io.eventlane.runtime;

import java.util.List;

/**
 * Every channel of the application with its handlers. The one implementation is generated at build time; it is
 * immutable and sorted by channel.
 */
public interface HandlerTable {

    List<ChannelHandlers> channels();
}
