package io.eventlane.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.eventlane.channel.NearestName;

/**
 * The attributes of a channel that are meant for the Kafka client. Names that the client knows pass through, others
 * only as {@code properties."name"}; whatever else is written is a mistake and said to be one, rather than ignored.
 *
 * @param settings what is handed to the client
 * @param problems what is wrong, each with the property's name and the mend
 */
record ClientAttributes(Map<String, String> settings, List<String> problems) {

    private static final String FREE_PREFIX = "properties.";

    /**
     * @param attributes as written beneath the channel's prefix
     * @param clientNames the names that the client knows
     * @param channelNames the channel's other attributes, of which one may have been meant
     * @param owned settings that must not be given, each with the reason
     * @param property an attribute's full property name
     */
    static ClientAttributes of(Map<String, String> attributes, Set<String> clientNames, Set<String> channelNames,
            Map<String, String> owned, UnaryOperator<String> property) {
        Map<String, String> settings = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        new TreeMap<>(attributes).forEach((attribute, value) -> {
            boolean free = attribute.startsWith(FREE_PREFIX);
            String name = free ? unquote(attribute.substring(FREE_PREFIX.length())) : attribute;
            String reason = owned.get(name);
            if (reason != null) {
                problems.add("%s cannot be set: %s".formatted(property.apply(attribute), reason));
            } else if (free || clientNames.contains(name)) {
                settings.put(name, value);
            } else {
                problems.add(unknown(property, attribute, clientNames, channelNames));
            }
        });
        return new ClientAttributes(settings, problems);
    }

    private static String unknown(UnaryOperator<String> property, String attribute, Set<String> clientNames,
            Set<String> channelNames) {
        Set<String> known = new TreeSet<>(clientNames);
        known.addAll(channelNames);
        String meant = NearestName.of(attribute, known)
                .map(name -> " Did you mean %s?".formatted(property.apply(name))).orElse("");
        return "%s is not known.%s A setting that only a plugin of the Kafka client knows is written as %s".formatted(
                property.apply(attribute), meant, property.apply(FREE_PREFIX + '"' + attribute + '"'));
    }

    private static String unquote(String name) {
        boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1) : name;
    }
}
