package io.eventlane.jetstream;

/** A topic that is consumed. */
record SourceTopic(TopicSpec spec) {

    static SourceTopic of(String topic, TopicSpecs specs) {
        return new SourceTopic(specs.of(topic));
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

    /**
     * The name of a group's consumer. In a stream that has the topic's name, that is the group's; in another one, where
     * other topics may be too, the topic's name stands behind it.
     */
    String durable(String group) {
        String name = ConsumerPlan.consumerName(group);
        return hasOwnStream() ? name : name + '-' + ConsumerPlan.consumerName(name());
    }

    private boolean hasOwnStream() {
        return stream().equals(TopicSpec.streamOf(name()));
    }
}
