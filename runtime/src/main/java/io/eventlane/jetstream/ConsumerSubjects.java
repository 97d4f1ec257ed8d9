package io.eventlane.jetstream;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.eventlane.EventlaneException;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.SubjectTransform;

/**
 * Which messages of a stream a consumer is there for. It has one filter at the most, since servers pass over messages of
 * consumers that have several, as 2.10.27 was seen to do. So it may be given others too, and they are passed over here.
 *
 * @param exact the subject that a message may have itself; {@code null} for none
 * @param above what the other subjects begin with, with a dot at the end
 */
record ConsumerSubjects(String topic, @Nullable String exact, String above) {

    /** Such as <code>{{wildcard(1)}}</code>. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]*}}");

    static ConsumerSubjects ofTopic(String topic) {
        return new ConsumerSubjects(topic, topic, topic + '.');
    }

    static ConsumerSubjects ofPartition(String topic, int partition) {
        return new ConsumerSubjects(topic, null, topic + '.' + partition + '.');
    }

    /** Whether a message of that subject is one of them. */
    boolean take(String subject) {
        return subject.startsWith(above) || subject.equals(exact);
    }

    /**
     * What the server has to be asked for.
     *
     * @return {@code null} for all that the stream has
     * @throws EventlaneException when the stream has none of them, or others that must not be passed over
     */
    @Nullable
    String filter(StreamConfiguration stream) {
        boolean copies = stream.getMirror() != null || !stream.getSources().isEmpty();
        // Those of the streams that it copies are not known.
        List<String> stored = copies ? List.of(">") : stored(stream);
        List<String> own = patterns().filter(mine -> stored.stream().anyMatch(theirs -> Subjects.overlap(mine, theirs)))
                .toList();
        if (own.isEmpty()) {
            throw new EventlaneException(
                    ("stream %s has no events of topic %s, but only of the subjects %s: set %s to the stream"
                            + " that has them").formatted(stream.getName(), topic, String.join(", ", stored),
                                    TopicSpec.property(topic, "stream")));
        }
        if (stored.stream().allMatch(theirs -> Subjects.cover(own, theirs))) {
            return null;
        }
        if (own.size() == 1) {
            return own.getFirst();
        }
        if (stream.getRetentionPolicy() == RetentionPolicy.WorkQueue) {
            throw new EventlaneException(
                    ("stream %s has retention-policy=workqueue and events of others than topic %s, which would be"
                            + " taken from them: give the topic a stream of its own").formatted(stream.getName(), topic));
        }
        int parent = topic.lastIndexOf('.');
        return parent < 0 ? null : topic.substring(0, parent) + ".>";
    }

    private Stream<String> patterns() {
        return Stream.concat(Stream.ofNullable(exact), Stream.of(above + '>'));
    }

    /** The subjects that it takes, and those that it renames them to. */
    private static List<String> stored(StreamConfiguration stream) {
        SubjectTransform transform = stream.getSubjectTransform();
        String renamed = transform == null ? null : transform.getDestination();
        return renamed == null ? stream.getSubjects()
                : Stream.concat(stream.getSubjects().stream(), Stream.of(PLACEHOLDER.matcher(renamed).replaceAll("*")))
                        .toList();
    }
}
