package io.eventlane.runtime;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The channels known when the application was built, each with its connector. A bean of this type exists in every
 * application.
 *
 * @param incoming the channels that have a handler
 * @param outgoing the channels of {@code @Outgoing}, {@link io.eventlane.PublishTo} and
 *        {@code quarkus.eventlane.outgoing.<channel>.connector}
 * @param defaultConnector the connector of any other channel; {@code null} where channels name several connectors and
 *        {@code quarkus.eventlane.connector} does not decide between them
 */
public record ChannelPlan(
        SortedMap<String, String> incoming,
        SortedMap<String, String> outgoing,
        @Nullable String defaultConnector) {

    /** Sorts and copies the maps. */
    public static ChannelPlan of(Map<String, String> incoming, Map<String, String> outgoing,
            @Nullable String defaultConnector) {
        return new ChannelPlan(sorted(incoming), sorted(outgoing), defaultConnector);
    }

    /** The connector of an outgoing channel, known when the application was built or not; {@code null} where none is. */
    public @Nullable String outgoingConnector(String channel) {
        return outgoing.getOrDefault(channel, defaultConnector);
    }

    private static SortedMap<String, String> sorted(Map<String, String> connectors) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(connectors));
    }
}
