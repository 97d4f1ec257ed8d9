package io.eventlane.benchmarks.kafka;

/**
 * A topic to be filled before anything is measured.
 *
 * @param records in all of its partitions
 * @param keys that they are spread over, each equally likely
 */
record TopicSpec(int records, int keys) {

    /** Of every topic. */
    static final int PARTITIONS = 4;
    /** Of every payload. */
    static final int BYTES = 100;

    String name() {
        return "benchmark-" + keys + "-keys-" + records + "-records";
    }
}
