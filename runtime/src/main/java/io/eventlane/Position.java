package io.eventlane;

/**
 * Where an event stands in its log.
 *
 * @param source the Kafka topic, or the JetStream stream
 * @param partition the Kafka partition; 0 elsewhere
 * @param offset the Kafka offset, or the stream sequence
 */
public record Position(String source, int partition, long offset) {

    @Override
    public String toString() {
        return source + "-" + partition + "@" + offset;
    }
}
