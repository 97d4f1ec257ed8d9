package io.eventlane.jetstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.eventlane.channel.TopicGroups;

/** Finds incoming channels that cannot work as they are configured, each alone and all together. */
final class ChannelProblems {

    private final TopicSpecs topics;
    private final TopicGroups groups = new TopicGroups();
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
    }
}
