package io.eventlane.jetstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.eventlane.channel.TopicGroups;

/** Finds incoming channels that cannot work as they are configured, each alone and all together. */
final class ChannelProblems {

    private final TopicSpecs topics;
    private final TopicGroups groups = new TopicGroups();
    /** The topic of each consumer, by the names of its stream and its own. */
    private final Map<List<String>, String> consumers = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    ChannelProblems(TopicSpecs topics) {
        this.topics = topics;
    }

    List<String> of(Collection<JetStreamIncoming> channels) {
        channels.forEach(this::check);
        return problems;
    }

    private void check(JetStreamIncoming channel) {
        List<String> names = channel.channel().topics();
        long ephemeral = names.stream().filter(topic -> topics.of(topic).isEphemeral()).count();
        if (ephemeral > 0 && ephemeral < names.size()) {
            problems.add("%s holds topics that are ephemeral and others that are not: give them channels of their own"
                    .formatted(channel.channel().property("topic")));
        }
        problems.addAll(groups.add(channel.consumer().group(), channel.channel()));
        names.stream().filter(topic -> !topics.of(topic).isEphemeral())
                .forEach(topic -> checkConsumer(SourceTopic.of(topic, topics), channel));
    }

    /** Topics whose names differ only in what a consumer's name may not have need streams of their own. */
    private void checkConsumer(SourceTopic topic, JetStreamIncoming channel) {
        String durable = topic.durable(channel.consumer().group());
        String other = consumers.putIfAbsent(List.of(topic.stream(), durable), topic.name());
        if (other != null && !other.equals(topic.name())) {
            problems.add(
                    "%s: the topics %s and %s would have one consumer, %s of stream %s: set %s to another stream".formatted(
                            channel.channel().property("topic"), other, topic.name(), durable, topic.stream(),
                            TopicSpec.property(topic.name(), "stream")));
        }
    }
}
