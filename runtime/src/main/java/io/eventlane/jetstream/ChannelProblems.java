package io.eventlane.jetstream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds incoming channels that cannot work as they are configured, each alone and all together. */
final class ChannelProblems {

    private final TopicSpecs topics;
    private final Map<String, String> channelsByConsumer = new HashMap<>();
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
        for (String topic : names) {
            TopicSpec spec = topics.of(topic);
            String before = channelsByConsumer.putIfAbsent(spec.stream() + '/' + topic + '/' + channel.consumer().group(),
                    channel.channel().name());
            if (before != null) {
                problems.add(
                        ("%s is '%s', with which the channel '%s' consumes the topic '%s' too: each would get a part of its"
                                + " events. Give one of them another group.id")
                                .formatted(channel.channel().property("group.id"),
                                        channel.consumer().group(), before, topic));
            }
        }
    }
}
