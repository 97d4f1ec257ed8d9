package io.eventlane.runtime.lifecycle;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

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

    /** All of them. */
    Set<String> topics() {
        return connectors.keySet();
    }

    /** The topics that others use and one connector does not, each with the name of one of those that do. */
    Map<String, String> elsewhere(String connector) {
        Map<String, String> elsewhere = new TreeMap<>();
        connectors.forEach((topic, users) -> {
            if (!users.contains(connector)) {
                elsewhere.put(topic, users.first());
            }
        });
        return elsewhere;
    }
}
