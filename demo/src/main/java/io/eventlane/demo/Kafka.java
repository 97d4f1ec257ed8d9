package io.eventlane.demo;

import java.util.ArrayList;
import java.util.List;

import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.KafkaBrokerOptions;

/** The demo on Kafka. The broker creates the topics. */
record Kafka(KafkaBroker broker) implements Broker {

    static Kafka start(Options options) {
        return new Kafka(KafkaBroker.start(KafkaBrokerOptions.DEFAULTS.withPartitions(options.partitions())));
    }

    @Override
    public String description() {
        return "A Kafka broker serves " + broker.bootstrapServers() + " (process " + broker.pid() + ")";
    }

    @Override
    public List<String> settings(Options options) {
        List<String> settings = new ArrayList<>(List.of("kafka.bootstrap.servers=" + broker.bootstrapServers()));
        if (options.kill()) {
            // The broker is to give up the killed member soon: 6 s is the least that it accepts.
            Demo.CHANNELS.forEach(
                    channel -> settings.add("quarkus.eventlane.incoming." + channel + ".session.timeout.ms=6000"));
        }
        return settings;
    }

    @Override
    public void close() {
        broker.close();
    }
}
