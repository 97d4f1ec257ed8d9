package io.eventlane.kafka;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing channel on Kafka, or a topic that failed events are sent to.
 *
 * @param channel its name
 * @param topic the topic it writes to
 * @param prefix of its properties, such as {@code quarkus.eventlane.outgoing.orders.}
 * @param attributes what is configured beneath the prefix beside the attributes
 *        that the other components stand for: Kafka's own producer settings by their names, and any other setting as
 *        {@code properties."name"}
 * @param maxInflight how many records may be on their way at the same time, at least 1
 * @param maxInflightProperty the property that sets it; {@code null} where none does
 * @param ordered whether a record fails rather than overtakes an earlier one of its key that failed while it was
 *        waiting to be sent
 */
public record KafkaOutgoing(
        String channel,
        String topic,
        String prefix,
        Map<String, String> attributes,
        int maxInflight,
        @Nullable String maxInflightProperty,
        boolean ordered) {

    public KafkaOutgoing {
        attributes = Map.copyOf(attributes);
    }

    /** The full name of the property that sets an attribute of this channel. */
    String property(String attribute) {
        return prefix + attribute;
    }
}
