package io.eventlane.runtime.lifecycle;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.TopicSpecs;
import io.eventlane.runtime.ChannelPlan;
import io.eventlane.runtime.config.Settings;

/** Which connectors use which topics, as far as that is known before anybody publishes. */
final class TopicUse {

    private final Map<String, TreeSet<String>> connectors = new TreeMap<>();

    TopicUse(ChannelPlan plan, Settings settings) {
        TreeSet<String> outgoing = new TreeSet<>(plan.outgoing().keySet());
        outgoing.addAll(settings.configuredOutgoing());
        outgoing.forEach(channel -> add(settings.outgoingTopic(channel), plan.outgoingConnector(channel)));
        plan.incoming()
                .forEach((channel, connector) -> settings.incomingTopics(channel).forEach(topic -> add(topic, connector)));
    }

    private void add(String topic, @Nullable String connector) {
        if (connector != null) {
            connectors.computeIfAbsent(topic, first -> new TreeSet<>()).add(connector);
        }
    }

    /** See {@link Settings#topics}. */
    static TopicSpecs specs(ChannelPlan plan, Settings settings) {
        TopicUse use = new TopicUse(plan, settings);
        return settings.topics(use.of("jetstream"), use.elsewhere("jetstream"));
    }

    /** All of them. */
    Set<String> topics() {
        return connectors.keySet();
    }

    private List<String> of(String connector) {
        return connectors.entrySet().stream().filter(use -> use.getValue().contains(connector)).map(Map.Entry::getKey).toList();
    }

    /** The topics that others use and one connector does not, each with the name of one of those that do. */
    private Map<String, String> elsewhere(String connector) {
        Map<String, String> elsewhere = new TreeMap<>();
        connectors.forEach((topic, users) -> {
            if (!users.contains(connector)) {
                elsewhere.put(topic, users.first());
            }
        });
        return elsewhere;
    }
}
