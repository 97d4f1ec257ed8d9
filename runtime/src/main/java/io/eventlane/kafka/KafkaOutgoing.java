package io.eventlane.kafka;

import java.util.Map;

/**
 * An outgoing channel on Kafka.
 *
 * @param channel its name
 * @param topic the topic it writes to
 * @param attributes what is configured beneath {@code quarkus.eventlane.outgoing.<channel>.} beside the attributes
 *        that the other components stand for: Kafka's own producer settings by their names, and any other setting as
 *        {@code properties."name"}
 * @param maxInflight how many records may be on their way at the same time, at least 1
 * @param ordered whether a record fails rather than overtakes an earlier one of its key that failed while it was
 *        waiting to be sent
 */
public record KafkaOutgoing(
        String channel,
        String topic,
        Map<String, String> attributes,
        int maxInflight,
        boolean ordered) {

    public KafkaOutgoing {
        attributes = Map.copyOf(attributes);
    }

    /** The full name of the property that sets an attribute of this channel. */
    String property(String attribute) {
        return "quarkus.eventlane.outgoing.%s.%s".formatted(channel, attribute);
    }
}
