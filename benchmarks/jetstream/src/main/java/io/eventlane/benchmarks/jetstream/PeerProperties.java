package io.eventlane.benchmarks.jetstream;

import java.util.ArrayList;
import java.util.List;

import io.eventlane.benchmarks.common.ForkSettings;

/** What the peer's application is configured with for one arm, beside its own application.properties. */
final class PeerProperties {

    private PeerProperties() {
    }

    static List<String> of(Arm arm, Scenario scenario, ForkSettings settings) {
        List<String> properties = new ArrayList<>();
        boolean parks = scenario.parks();
        properties.add(enabled("outgoing.published", arm.publishes()));
        properties.add(enabled("incoming.event-loop", arm == Arm.CONSUME_PEER && !parks));
        properties.add(enabled("incoming.blocking", arm == Arm.CONSUME_PEER && parks));
        properties.add(enabled("incoming.virtual", arm == Arm.CONSUME_PEER_VIRTUAL));
        if (!arm.publishes()) {
            // The names of the stream and of the consumer are parts of names of properties here.
            String consumer = "quarkus.messaging.nats.streams." + settings.topic() + ".pull-consumers." + settings.group()
                    + '.';
            properties.add(consumer + "consumer-configuration.durable=true");
            properties.add(consumer + "consumer-configuration.payload-type=[B");
            properties.add(consumer + "pull-configuration.batch-size=" + BareClient.FETCH);
        }
        return properties;
    }

    private static String enabled(String channel, boolean enabled) {
        return "mp.messaging." + channel + ".enabled=" + enabled;
    }
}
