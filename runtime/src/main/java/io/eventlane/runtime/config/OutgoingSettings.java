package io.eventlane.runtime.config;

import java.util.Map;

/**
 * An outgoing channel, checked.
 *
 * @param clientAttributes what is configured beside Eventlane's own attributes: not checked here, but by the
 *        connector
 */
public record OutgoingSettings(
        String channel,
        String topic,
        int maxInflightMessages,
        boolean ordered,
        Map<String, String> clientAttributes) {
}
