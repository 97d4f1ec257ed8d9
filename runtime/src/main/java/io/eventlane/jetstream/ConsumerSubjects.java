package io.eventlane.jetstream;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eventlane.EventlaneException;
import io.eventlane.jetstream.ServerAbilities.Ability;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.SubjectTransform;

/**
 * Which messages of a stream a consumer is to be given.
 *
 * @param subjects of those messages
 * @param shared whether the stream is not the topic's own: another application may add its topics at any time
 */
record ConsumerSubjects(String topic, List<String> subjects, boolean shared) {

    /** Such as <code>{{wildcard(1)}}</code>. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]*}}");

    /**
     * The subjects that the server has to be asked for; none for all that the stream has.
     *
     * @throws EventlaneException when the stream has none of them, or the server cannot tell them from the others
     */
    List<String> filters(StreamConfiguration stream, ServerAbilities server) {
        if (stream.getMirror() != null || !stream.getSources().isEmpty()) {
            // It has messages of subjects that it does not take itself.
            return require(subjects, stream, server);
        }
        List<String> all = stored(stream);
        List<String> there = subjects.stream()
                .filter(own -> all.stream().anyMatch(theirs -> Subjects.overlap(own, theirs))).toList();
        if (there.isEmpty()) {
            throw new EventlaneException(
                    ("stream %s has no events of topic %s, but only of the subjects %s: set %s to the stream"
                            + " that has them, or add the subject %s to that one").formatted(stream.getName(), topic,
                                    String.join(", ", stream.getSubjects()), TopicSpec.property(topic, "stream"), topic));
        }
        if (shared && server.has(Ability.SEVERAL_FILTERS)) {
            return subjects;
        }
        return all.stream().allMatch(theirs -> Subjects.cover(subjects, theirs)) ? List.of() : require(there, stream, server);
    }

    /** The subjects that it takes, and those that it renames them to. */
    private static List<String> stored(StreamConfiguration stream) {
        SubjectTransform transform = stream.getSubjectTransform();
        String renamed = transform == null ? null : transform.getDestination();
        return renamed == null ? stream.getSubjects()
                : Stream.concat(stream.getSubjects().stream(), Stream.of(PLACEHOLDER.matcher(renamed).replaceAll("*")))
                        .toList();
    }

    private List<String> require(List<String> filters, StreamConfiguration stream, ServerAbilities server) {
        if (filters.size() > 1 && !server.has(Ability.SEVERAL_FILTERS)) {
            throw new EventlaneException(("topic %s shares its stream %s with others, or has partitions: to consume it alone"
                    + " takes a NATS server of version %s, but this one is %s. Upgrade the server, or give the topic a stream of"
                    + " its own without partitions").formatted(topic, stream.getName(), Ability.SEVERAL_FILTERS.since(),
                            server.version()));
        }
        return filters;
    }
}
