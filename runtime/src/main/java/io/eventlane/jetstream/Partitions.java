package io.eventlane.jetstream;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.SubjectTransform;

/**
 * A topic that is divided into partitions, so that several instances of an application may share its events without losing
 * the order of a key: its stream puts the number of a partition, which it computes of the token behind the topic, between
 * the two.
 */
final class Partitions {

    private static final Pattern DESTINATION = Pattern
            .compile("(.+)\\.\\{\\{\\s*partition\\(\\s*(\\d{1,9})\\s*,\\s*1\\s*\\)\\s*}}"
                    + "\\.\\{\\{\\s*wildcard\\(\\s*1\\s*\\)\\s*}}");

    /** The token of the key that has no bytes. */
    static final String EMPTY_KEY = "=";

    private static final int KEYLESS_TOKENS = 64;

    private Partitions() {
    }

    /** The token of an event without a key, which may be in any partition. No {@link KeyToken} is like that. */
    static String anyToken() {
        return EMPTY_KEY + ThreadLocalRandom.current().nextInt(KEYLESS_TOKENS);
    }

    /** Whether a token is not that of a key. */
    static boolean isKeyless(String token) {
        return token.startsWith(EMPTY_KEY);
    }

    static SubjectTransform transform(String topic, int partitions) {
        return SubjectTransform.builder().source(topic + ".*")
                .destination(topic + ".{{partition(" + partitions + ",1)}}.{{wildcard(1)}}").build();
    }

    /**
     * How many partitions a stream divides a topic into: 1 where it does not.
     *
     * @return {@code null} when it renames the topic's subjects in another way
     */
    static @Nullable Integer of(StreamConfiguration stream, String topic) {
        SubjectTransform transform = stream.getSubjectTransform();
        String source = transform == null ? null : transform.getSource();
        if (transform == null || source == null
                || !Subjects.overlap(source, topic) && !Subjects.overlap(source, topic + ".>")) {
            return 1;
        }
        Matcher destination = DESTINATION.matcher(String.valueOf(transform.getDestination()));
        return source.equals(topic + ".*") && destination.matches() && destination.group(1).equals(topic)
                ? Integer.valueOf(destination.group(2))
                : null;
    }
}
