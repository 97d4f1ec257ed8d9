package io.eventlane.runtime.config;

import java.time.Duration;
import java.util.Map;

/**
 * An outgoing channel, checked.
 *
 * @param jetStream what is read on JetStream alone
 * @param attributes what is configured beside the {@linkplain Settings#OUTGOING attributes that every connector reads}:
 *        not checked here, but by the connector
 */
public record OutgoingSettings(
        String channel,
        String topic,
        int maxInflightMessages,
        boolean ordered,
        JetStreamAttributes jetStream,
        Map<String, String> attributes) {

    /**
     * @param ackTimeout how long an acknowledgement may take before the event is sent again
     * @param deliveryTimeout how long an event is sent again; no shorter
     */
    public record JetStreamAttributes(Duration ackTimeout, Duration deliveryTimeout) {
    }
}
