package io.eventlane.demo;

import java.util.List;

/** The broker of one run, a process of its own, and what the quickstart has to be told to run on it. */
sealed interface Broker extends AutoCloseable permits Kafka, JetStream {

    /** What it is, where it serves, and its process id. */
    String description();

    /** The application's properties, as {@code name=value}. */
    List<String> settings(Options options);

    @Override
    void close();
}
