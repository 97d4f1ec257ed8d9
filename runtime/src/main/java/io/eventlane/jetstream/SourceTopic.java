package io.eventlane.jetstream;

import java.util.List;

/**
 * A topic that is consumed.
 *
 * @param sharesStream whether other topics are in its stream
 */
record SourceTopic(TopicSpec spec, boolean sharesStream) {

    static SourceTopic of(String topic, TopicSpecs specs) {
        TopicSpec spec = specs.of(topic);
        return new SourceTopic(spec, specs.ofStream(spec.stream()).stream().anyMatch(other -> !other.topic().equals(topic)));
    }

    String name() {
        return spec.topic();
    }

    String stream() {
        return spec.stream();
    }

    int partitions() {
        return spec.partitions();
    }

    int replicas() {
        Integer replicas = spec.settings().replicas();
        return replicas == null ? 1 : replicas;
    }

    /** The subjects of a consumer of the whole topic; none where that is all of the stream. */
    List<String> filters() {
        return sharesStream ? spec.subjects() : List.of();
    }
}
