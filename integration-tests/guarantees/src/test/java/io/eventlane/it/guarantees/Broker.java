package io.eventlane.it.guarantees;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** What the application is built for. */
enum Broker {

    /** The session is the least that a broker accepts of a classic member. */
    KAFKA("quarkus-app", Duration.ofSeconds(6), Duration.ofMillis(8_500)),
    JETSTREAM("quarkus-app-jetstream", Duration.ofSeconds(3), Duration.ofMillis(4_500)),
    /** The same on three servers, each of which has everything. */
    JETSTREAM_CLUSTER("quarkus-app-jetstream", Duration.ofSeconds(3), Duration.ofMillis(4_500)),
    /** None, and one process alone, which nobody waits for. */
    MEMORY("quarkus-app-memory", Duration.ZERO, Duration.ofMillis(1_000));

    static final int SERVERS = 3;

    private static final String PROPERTY = "guarantees.broker";

    private final Path application;
    private final Duration session;
    private final Duration freeze;

    Broker(String directory, Duration session, Duration freeze) {
        this.application = Path.of("target", directory, "quarkus-run.jar");
        this.session = session;
        this.freeze = freeze;
    }

    /** The one of {@code -Dguarantees.broker}, such as {@code jetstream-cluster}; Kafka where none is asked for. */
    static Broker askedFor() {
        String name = System.getProperty(PROPERTY, "");
        return name.isBlank() ? KAFKA : valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** As it is asked for. */
    String asked() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    DisturbedBroker start() {
        return switch (this) {
            case KAFKA -> DisturbedKafka.start();
            case JETSTREAM -> DisturbedNats.start();
            case JETSTREAM_CLUSTER -> DisturbedNats.startCluster(SERVERS);
            case MEMORY -> new NoBroker();
        };
    }

    /** Whether the processes of a group share its partitions among themselves, which begins when the first ones start. */
    boolean makesGroups() {
        return this == JETSTREAM || this == JETSTREAM_CLUSTER;
    }

    /** The packaged application. */
    Path application() {
        return application;
    }

    /** How long the group waits for a member that it does not hear of. */
    Duration session() {
        return session;
    }

    /** How long a process is frozen at least, which is longer than its session. */
    Duration freeze() {
        return freeze;
    }
}
