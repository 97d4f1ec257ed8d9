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

    private record Consumer(String stream, String durable) {
    }

    private record Reader(String topic, String group) {

        @Override
        public String toString() {
            return "topic %s in group %s".formatted(topic, group);
        }
    }

    private final TopicGroups groups = new TopicGroups();
    private final Map<Consumer, Reader> readers = new HashMap<>();
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

    /** Names that differ only in what a consumer's name may not have name one consumer. */
    private void checkConsumer(SourceTopic topic, JetStreamIncoming channel) {
        Reader reader = new Reader(topic.name(), channel.consumer().group());
        Consumer consumer = new Consumer(topic.stream(), topic.durable(reader.group()));
        Reader other = readers.putIfAbsent(consumer, reader);
        if (other != null && !other.equals(reader)) {
            problems.add(
                    "%s reads %s, and another channel %s, both with the consumer %s of stream %s: set %s or %s to another name"
                            .formatted(channel.channel().property("topic"), reader, other, consumer.durable(),
                                    consumer.stream(),
                                    channel.channel().property("group.id"), TopicSpec.property(topic.name(), "stream")));
        }
    }
}
