package io.eventlane.docs;

import java.util.Map;

import io.eventlane.brokers.KafkaBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Gives the examples a broker of their own. */
public class Broker implements QuarkusTestResourceLifecycleManager {

    private KafkaBroker broker;

    @Override
    public Map<String, String> start() {
        broker = KafkaBroker.start();
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void stop() {
        broker.close();
    }
}
