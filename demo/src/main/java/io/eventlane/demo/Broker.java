package io.eventlane.demo;

import java.util.List;

/** The broker of one run, a process of its own if there is one, and what the quickstart has to be told to run on it. */
sealed interface Broker extends AutoCloseable permits Kafka, JetStream, Memory {

    static Broker start(Options options) {
        return switch (options.connector()) {
            case KAFKA -> Kafka.start(options);
            case JETSTREAM -> JetStream.start(options);
            case MEMORY -> new Memory();
        };
    }

    /** What it is, where it serves, and its process id. */
    String description();

    /** The application's properties, as {@code name=value}. */
    List<String> settings(Options options);

    @Override
    void close();
}
