package io.eventlane.jetstream;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is configured of the topics. Immutable. */
public final class TopicSpecs {

    private final Map<String, TopicSpec> byTopic;

    private TopicSpecs(Map<String, TopicSpec> byTopic) {
        this.byTopic = byTopic;
    }

    /**
     * @param configured one spec for each topic that something is configured for
     */
    public static TopicSpecs of(Collection<TopicSpec> configured) {
        return new TopicSpecs(configured.stream().collect(Collectors.toUnmodifiableMap(TopicSpec::topic, Function.identity())));
    }

    /** A topic as it is configured, or one with the defaults. */
    public TopicSpec of(String topic) {
        TopicSpec configured = byTopic.get(topic);
        return configured == null ? TopicSpec.of(topic) : configured;
    }

    /** The configured topics of a stream. */
    List<TopicSpec> ofStream(String stream) {
        return byTopic.values().stream().filter(spec -> !spec.isEphemeral() && spec.stream().equals(stream)).toList();
    }
}
