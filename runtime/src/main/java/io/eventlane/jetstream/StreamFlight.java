package io.eventlane.jetstream;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamConfiguration;

/** Looks at a stream once, and does with it what its topics' strategy says. Blocks. */
final class StreamFlight {

    private static final int NOT_FOUND = 10059;

    private final Link link;
    private final TopicSpecs specs;

    StreamFlight(Link link, TopicSpecs specs) {
        this.link = link;
        this.specs = specs;
    }

    /**
     * @return the topics whose events the stream takes, this one among them
     * @throws StreamException when it does not take this one's
     */
    Set<String> run(TopicSpec spec) {
        if (spec.isEphemeral()) {
            return Set.of(spec.topic());
        }
        Connection connection = link.connection();
        if (connection == null) {
            throw new StreamException("topic " + spec.topic() + ": there is no connection to NATS yet", true, null);
        }
        Set<TopicSpec> topics = new LinkedHashSet<>(specs.ofStream(spec.stream()));
        topics.add(spec);
        try {
            JetStreamManagement management = connection.jetStreamManagement(link.jetStream());
            StreamConfiguration existing = find(management, spec.stream());
            if (existing == null) {
                management.addStream(StreamConfiguration.builder().name(spec.stream()).subjects(subjects(topics)).build());
            }
        } catch (IOException | IllegalStateException e) {
            throw new StreamException("topic " + spec.topic() + ": " + e.getMessage(), true, e);
        } catch (JetStreamApiException e) {
            throw new StreamException("topic " + spec.topic() + ": " + e.getMessage(), false, e);
        }
        return topics.stream().map(TopicSpec::topic).collect(Collectors.toSet());
    }

    private static List<String> subjects(Collection<TopicSpec> topics) {
        return topics.stream().flatMap(topic -> topic.subjects().stream()).distinct().toList();
    }

    private static @Nullable StreamConfiguration find(JetStreamManagement management, String stream)
            throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(stream).getConfiguration();
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }
}
