package io.eventlane.demo;

import java.util.ArrayList;
import java.util.List;

import io.eventlane.brokers.NatsRelease;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServers;

/** The demo on NATS JetStream. The application creates the streams. */
record JetStream(NatsServer server) implements Broker {

    /** From there on, streams divide topics into partitions. */
    private static final String PARTITIONS_SINCE = "2.10.0";

    static JetStream start(Options options) {
        requireAbleTo(options.partitions(), NatsServers.standard());
        return new JetStream(NatsServer.start());
    }

    /** Else the application would say so, but only to who publishes. */
    static void requireAbleTo(int partitions, NatsRelease server) {
        if (partitions > 1 && !server.isAtLeast(PARTITIONS_SINCE)) {
            throw new IllegalStateException(
                    ("""
                            Topics with %d partitions take nats-server %s or newer, but %s is version %s.
                            Run with --partitions=1, or get a newer one with brokers/nats-servers trixie, which is used unless NATS_SERVER \
                            names another.""")
                            .formatted(partitions, PARTITIONS_SINCE, server.executable(), server.version()));
        }
    }

    @Override
    public String description() {
        return "A nats-server with JetStream serves " + server.url() + " (process " + server.pid() + ")";
    }

    @Override
    public List<String> settings(Options options) {
        List<String> settings = new ArrayList<>(List.of("quarkus.eventlane.jetstream.servers=" + server.url()));
        for (String channel : Demo.CHANNELS) {
            settings.add("quarkus.eventlane.topic." + channel + ".partitions=" + options.partitions());
            if (options.kill()) {
                // The partitions of the killed process are to be free soon.
                settings.add("quarkus.eventlane.incoming." + channel + ".session-timeout=3s");
            }
        }
        return settings;
    }

    @Override
    public void close() {
        server.close();
    }
}
