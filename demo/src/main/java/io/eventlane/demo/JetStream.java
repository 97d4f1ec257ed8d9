package io.eventlane.demo;

import java.util.ArrayList;
import java.util.List;

import io.eventlane.brokers.NatsServer;

/** The demo on NATS JetStream. The application creates the streams. */
record JetStream(NatsServer server) implements Broker {

    static JetStream start() {
        return new JetStream(NatsServer.start());
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
