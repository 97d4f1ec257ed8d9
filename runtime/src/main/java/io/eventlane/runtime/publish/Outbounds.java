package io.eventlane.runtime.publish;

import io.eventlane.spi.Outbound;

/** Opens the sending half of a channel. */
public interface Outbounds {

    /** The topic of a channel. */
    String topic(String channel);

    /**
     * Called once for each channel, unless it throws.
     */
    Outbound open(String channel);
}
