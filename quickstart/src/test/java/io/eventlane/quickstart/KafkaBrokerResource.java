package io.eventlane.quickstart;

import java.util.Map;

import io.eventlane.brokers.KafkaBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A real broker, as a process, for the tests. */
public class KafkaBrokerResource implements QuarkusTestResourceLifecycleManager {

    private KafkaBroker broker;

    @Override
    public Map<String, String> start() {
        broker = KafkaBroker.start();
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers());
    }

    @Override
    public void stop() {
        if (broker != null) {
            broker.close();
        }
    }
}
