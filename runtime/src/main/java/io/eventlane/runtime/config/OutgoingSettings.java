package io.eventlane.runtime.config;

import java.util.Map;

/**
 * An outgoing channel, checked.
 *
 * @param attributes what is configured beside the {@linkplain Settings#OUTGOING attributes that every connector reads}:
 *        not checked here, but by the connector
 */
public record OutgoingSettings(
        String channel,
        String topic,
        int maxInflightMessages,
        boolean ordered,
        Map<String, String> attributes) {
}
