package io.eventlane.jetstream;

import java.util.List;
import java.util.regex.Pattern;

import io.eventlane.jetstream.JetStreamOutgoing.Compression;

/**
 * What a topic is on JetStream.
 *
 * @param topic its name, which is a subject: tokens separated by dots
 * @param stream the stream that keeps its events; without meaning when it is ephemeral
 * @param partitions 1 or more; with more than one the stream is the topic's own
 * @param strategy what is done about the stream
 * @param onMismatch what becomes of it when the stream is not as it is configured
 * @param settings of the stream
 * @param payloadCompression how payloads are published; whoever consumes takes both
 */
public record TopicSpec(
        String topic,
        Persistence persistence,
        String stream,
        int partitions,
        Strategy strategy,
        OnMismatch onMismatch,
        StreamSettings settings,
        Compression payloadCompression) {

    private static final String PREFIX = "quarkus.eventlane.topic.";
    private static final Pattern NOT_IN_STREAM_NAMES = Pattern.compile("[^A-Za-z0-9_-]");
    private static final Pattern TOPIC = Pattern.compile("[^\\s.*>\\p{Cntrl}]+(\\.[^\\s.*>\\p{Cntrl}]+)*");

    /** What becomes of an event between its publication and its handlers. */
    public enum Persistence {
        /** A stream keeps it in files, so that it is still there when its servers were restarted. */
        PERSISTENT,
        /** No stream keeps it: only who is connected at that moment gets it. */
        EPHEMERAL,
        /** A stream keeps it, in files unless the stream is configured to be in memory, or already is. */
        AUTO
    }

    /** What is done about a stream. */
    public enum Strategy {
        /** It is created when there is none, and compared otherwise. */
        CREATE_ONLY,
        /** It is created when there is none, and otherwise updated to what is configured, as far as that is possible. */
        CREATE_OR_UPDATE,
        /** It has to be there, and is compared. */
        VALIDATE_ONLY,
        /** Nothing: it is taken to be there. */
        SKIP
    }

    /** What becomes of a topic whose stream is not as it is configured, but can be used. */
    public enum OnMismatch {
        /** The differences are logged. */
        WARN,
        /** The topic can be neither published to nor consumed. */
        FAIL
    }

    /** A topic whose payloads are published as they are. */
    public TopicSpec(String topic, Persistence persistence, String stream, int partitions, Strategy strategy,
            OnMismatch onMismatch, StreamSettings settings) {
        this(topic, persistence, stream, partitions, strategy, onMismatch, settings, Compression.NONE);
    }

    /** A topic that nothing is configured for. */
    public static TopicSpec of(String topic) {
        return new TopicSpec(topic, Persistence.AUTO, streamOf(topic), 1, Strategy.CREATE_ONLY, OnMismatch.WARN,
                StreamSettings.NONE);
    }

    /** The name of a topic's stream where none is configured: the topic's, with {@code _} for what may not be in it. */
    public static String streamOf(String topic) {
        return NOT_IN_STREAM_NAMES.matcher(topic).replaceAll("_");
    }

    /** Whether a topic may have that name: no wildcards, no white space, no empty tokens. */
    public static boolean isTopic(String name) {
        return TOPIC.matcher(name).matches();
    }

    /**
     * The subjects that its stream has to take. With partitions, events go to {@code topic.<token>}, and are stored as
     * {@code topic.<partition>.<token>}; what went to the topic itself would be in none.
     */
    public List<String> subjects() {
        return isPartitioned() ? List.of(topic + ".*") : List.of(topic, topic + ".>");
    }

    /** The full name of a property of this topic, such as {@code quarkus.eventlane.topic.orders.retention}. */
    public static String property(String topic, String attribute) {
        return PREFIX + (topic.contains(".") ? '"' + topic + '"' : topic) + '.' + attribute;
    }

    public boolean isPartitioned() {
        return partitions > 1;
    }

    public boolean isEphemeral() {
        return persistence == Persistence.EPHEMERAL;
    }
}
