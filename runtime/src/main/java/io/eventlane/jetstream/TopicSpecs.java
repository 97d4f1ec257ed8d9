package io.eventlane.jetstream;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The topics that are known before anybody publishes, and what is configured of them. Immutable. */
public final class TopicSpecs {

    /** Those first that something is configured for. Always in one order, for instances to create the same stream. */
    private final Map<String, TopicSpec> byTopic = new LinkedHashMap<>();

    private TopicSpecs() {
    }

    /** As below, of topics that something is configured for. */
    public static TopicSpecs of(Collection<TopicSpec> configured) {
        return of(configured, List.of());
    }

    /**
     * @param configured one spec for each topic that something is configured for
     * @param used the names of the topics that channels use, whether something is configured for them or not
     */
    public static TopicSpecs of(Collection<TopicSpec> configured, Collection<String> used) {
        TopicSpecs specs = new TopicSpecs();
        configured.stream().sorted(Comparator.comparing(TopicSpec::topic))
                .forEach(spec -> specs.byTopic.put(spec.topic(), spec));
        used.stream().filter(TopicSpec::isTopic).sorted()
                .forEach(topic -> specs.byTopic.putIfAbsent(topic, TopicSpec.of(topic)));
        return specs;
    }

    /** A topic as it is configured, or one with the defaults. */
    public TopicSpec of(String topic) {
        TopicSpec known = byTopic.get(topic);
        return known == null ? TopicSpec.of(topic) : known;
    }

    /** The known topics of a stream, those first that something is configured for. */
    public List<TopicSpec> ofStream(String stream) {
        return byTopic.values().stream().filter(spec -> !spec.isEphemeral() && spec.stream().equals(stream)).toList();
    }
}
