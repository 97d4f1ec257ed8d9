package io.eventlane.jetstream;

import static io.eventlane.jetstream.StreamAttribute.COMPRESSION;
import static io.eventlane.jetstream.StreamAttribute.DISCARD;
import static io.eventlane.jetstream.StreamAttribute.MAX_SIZE;
import static io.eventlane.jetstream.StreamAttribute.STORAGE;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.ServerAbilities.Ability;
import io.eventlane.jetstream.StreamSettings.Compression;
import io.eventlane.jetstream.StreamSettings.Discard;
import io.eventlane.jetstream.StreamSettings.Storage;
import io.eventlane.jetstream.TopicSpec.OnMismatch;
import io.eventlane.jetstream.TopicSpec.Persistence;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;

/**
 * What a stream should be.
 *
 * @param asked the topic that it is looked at for
 * @param topics all that share it, this one among them. Those that are configured agree about it, and come first
 */
record StreamPlan(TopicSpec asked, List<TopicSpec> topics) {

    /** No event is dropped unless somebody configures that: a stream that is full refuses, and its publisher hears of it. */
    private static final StreamSettings CREATED_WITH = new StreamSettings(Storage.FILE, null, null, null, null, null, null,
            null, null, Discard.NEW, null);

    /** Something that a stream has otherwise than it is configured. */
    record Difference(StreamAttribute<?> attribute, StreamSettings settings, String text) {

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * @throws StreamException when the topics cannot share a stream
     */
    static StreamPlan of(TopicSpec asked, TopicSpecs specs) {
        Map<String, TopicSpec> topics = new LinkedHashMap<>();
        specs.ofStream(asked.stream()).forEach(topic -> topics.put(topic.topic(), topic));
        topics.putIfAbsent(asked.topic(), asked);
        StreamPlan plan = new StreamPlan(asked, List.copyOf(topics.values()));
        if (topics.size() > 1 && plan.topics.stream().anyMatch(TopicSpec::isPartitioned)) {
            throw plan.broken("is shared by the topics %s, of which one has partitions: give that one a stream of its own"
                    .formatted(String.join(", ", new TreeSet<>(topics.keySet()))));
        }
        return plan;
    }

    String stream() {
        return asked.stream();
    }

    Strategy strategy() {
        return topics.getFirst().strategy();
    }

    OnMismatch onMismatch() {
        return topics.getFirst().onMismatch();
    }

    /**
     * Somebody has to change something.
     *
     * @param what a sentence without its subject, which is the stream
     */
    StreamException broken(String what) {
        return new StreamException("Topic " + asked.topic() + ": its stream '" + stream() + "' " + what, false, null);
    }

    /**
     * It may be otherwise the next time.
     *
     * @param what as above
     */
    StreamException passing(String what) {
        return new StreamException("Topic " + asked.topic() + ": its stream '" + stream() + "' " + what, true, null);
    }

    // Creation

    StreamConfiguration creation() {
        StreamConfiguration.Builder stream = StreamConfiguration.builder().name(stream())
                .subjects(widest(topics.stream().flatMap(topic -> topic.subjects().stream()).sorted()));
        StreamAttribute.ALL.forEach(attribute -> attribute.set(stream, CREATED_WITH));
        StreamAttribute.ALL.forEach(attribute -> attribute.set(stream, settings(attribute)));
        if (asked.isPartitioned()) {
            stream.subjectTransform(Partitions.transform(asked.topic(), asked.partitions()));
        }
        return stream.build();
    }

    /**
     * @throws StreamException when the server cannot do what is configured. Some servers do not refuse what they do not know,
     *         but leave it out
     */
    void checkAbilities(ServerAbilities server) {
        if (wanted(COMPRESSION) == Compression.S2) {
            require(server, Ability.COMPRESSION, property(COMPRESSION) + "=s2", "leave that out");
        }
        if (asked.isPartitioned()) {
            require(server, Ability.SUBJECT_TRANSFORM, property("partitions") + "=" + asked.partitions(), "leave that out");
        }
        Long maxSize = wanted(MAX_SIZE);
        if (maxSize != null && maxSize > 0 && wanted(DISCARD) != Discard.OLD && wanted(STORAGE) != Storage.MEMORY) {
            // Seen on 2.9.10: the oldest events go, whatever the stream's discard policy says.
            require(server, Ability.REFUSING_BY_SIZE, property(MAX_SIZE) + " without losing events",
                    "use max-messages instead, or accept with " + property(DISCARD)
                            + "=old that the oldest events are dropped, handled or not");
        }
    }

    private void require(ServerAbilities server, Ability ability, String what, String orElse) {
        if (!server.has(ability)) {
            throw broken("is not as it is configured: %s takes a server of version %s, and this one has %s. Update it, or %s"
                    .formatted(what, ability.since(), server.version(), orElse));
        }
    }

    // Comparison

    /** The topics whose events a stream takes. */
    List<String> covered(StreamConfiguration stream) {
        return topics.stream().filter(topic -> missing(stream, Stream.of(topic)).isEmpty()).map(TopicSpec::topic).toList();
    }

    /** The subjects that a stream does not take, of all topics. */
    List<String> missing(StreamConfiguration stream) {
        return missing(stream, topics.stream());
    }

    /** The subjects of a stream with those that it does not take. */
    List<String> completed(StreamConfiguration stream) {
        return widest(Stream.concat(stream.getSubjects().stream(), missing(stream).stream()));
    }

    /** Without those that another one covers: servers refuse a stream that has both. */
    private static List<String> widest(Stream<String> subjects) {
        List<String> all = subjects.distinct().toList();
        return all.stream().filter(subject -> all.stream()
                .noneMatch(other -> !other.equals(subject) && Subjects.cover(List.of(other), subject))).toList();
    }

    private static List<String> missing(StreamConfiguration stream, Stream<TopicSpec> topics) {
        return topics.flatMap(topic -> topic.subjects().stream()).distinct()
                .filter(subject -> !Subjects.cover(stream.getSubjects(), subject)).toList();
    }

    /** The other streams that have subjects of the topics. */
    Set<String> others(JetStreamManagement management) throws IOException, JetStreamApiException {
        Set<String> others = new TreeSet<>();
        for (TopicSpec topic : topics) {
            for (String subject : topic.subjects()) {
                others.addAll(management.getStreamNames(subject));
            }
        }
        others.remove(stream());
        return others;
    }

    /**
     * Refuses a stream that the topic cannot use, whatever is configured of mismatches.
     *
     * @throws StreamException saying why
     */
    void checkUsable(StreamConfiguration stream) {
        if (stream.getMirror() != null) {
            throw broken("is a mirror of '" + stream.getMirror().getName() + "', which cannot be published to: set "
                    + property("stream") + " to another one, or " + property("strategy")
                    + "=skip where the topic is only consumed");
        }
        if (stream.getSealed()) {
            throw broken("is sealed, and takes no events any more: set " + property("stream") + " to another one, or "
                    + property("strategy") + "=skip where the topic is only consumed");
        }
        if (stream.getNoAck()) {
            throw broken("acknowledges nothing (no_ack), so that nobody could tell whether an event is published: change that");
        }
        if (asked.persistence() == Persistence.PERSISTENT
                && STORAGE.actual().apply(stream) == Storage.MEMORY) {
            throw broken("is in memory, but " + property("persistence") + "=persistent: make it in files, or leave that out");
        }
        checkPartitions(stream);
    }

    /** Which partition a key is in decides who keeps its order, so their number is never a matter of warnings. */
    private void checkPartitions(StreamConfiguration stream) {
        Integer actual = Partitions.of(stream, asked.topic());
        if (actual == null) {
            throw broken("renames the topic's subjects in a way that is not Eventlane's (%s): set %s to another one"
                    .formatted(stream.getSubjectTransform(), property("stream")));
        }
        if (actual != asked.partitions()) {
            throw broken(
                    ("divides the topic into %d partitions, but %s is %d. Eventlane does not change the number of partitions"
                            + " of a stream, because keys would change theirs: set the property to %d, or make a new stream")
                            .formatted(
                                    actual, property("partitions"), asked.partitions(), actual));
        }
        List<String> stray = asked.isPartitioned() ? stray(stream) : List.of();
        if (!stray.isEmpty()) {
            throw broken(
                    "takes %s, and what it takes beside %s.* is in no partition, so that nobody would consume it: change its"
                            .formatted(String.join(", ", stray), asked.topic()) + " subjects");
        }
    }

    private List<String> stray(StreamConfiguration stream) {
        return stream.getSubjects().stream().filter(subject -> Subjects.overlap(subject, asked.topic())
                || Subjects.overlap(subject, asked.topic() + ".*.>")).toList();
    }

    List<Difference> differences(StreamConfiguration stream) {
        List<Difference> differences = new ArrayList<>();
        for (StreamAttribute<?> attribute : StreamAttribute.ALL) {
            StreamSettings settings = settings(attribute);
            if (!attribute.matches(settings, stream)) {
                differences.add(new Difference(attribute, settings, "%s is %s, but the stream has %s".formatted(
                        property(attribute), StreamSettings.text(attribute.wanted().apply(settings)),
                        StreamSettings.text(attribute.actual().apply(stream)))));
            }
        }
        return differences;
    }

    // Both

    /** The full name of a property of the topic that is asked for. */
    String property(String name) {
        return TopicSpec.property(asked.topic(), name);
    }

    /** The full name of the property of a topic that it is configured for. */
    private String property(StreamAttribute<?> attribute) {
        return TopicSpec.property(topicOf(attribute).topic(), attribute.name());
    }

    <T> @Nullable T wanted(StreamAttribute<T> attribute) {
        return attribute.wanted().apply(settings(attribute));
    }

    private StreamSettings settings(StreamAttribute<?> attribute) {
        return topicOf(attribute).settings();
    }

    /** The first that something is configured for, or the one that is asked for. */
    private TopicSpec topicOf(StreamAttribute<?> attribute) {
        return topics.stream().filter(topic -> attribute.wanted().apply(topic.settings()) != null).findFirst().orElse(asked);
    }
}
