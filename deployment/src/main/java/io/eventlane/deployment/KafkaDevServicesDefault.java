package io.eventlane.deployment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;

/**
 * Has the Kafka client's dev service stay off where no channel is on Kafka. The client comes with Eventlane, whatever the
 * application's connectors, and would have a broker started for it.
 * <p>
 * It is decided by configuration alone, because it has to be known before the application's channels are. It is a default,
 * weaker than every other source: an application that uses the client itself says
 * {@code quarkus.kafka.devservices.enabled=true}. Where quarkus-messaging uses it, nothing is changed.
 */
public final class KafkaDevServicesDefault implements ConfigSourceFactory {

    private static final int WEAKEST = Integer.MIN_VALUE + 10;
    private static final Pattern CONNECTOR = Pattern.compile("quarkus\\.eventlane\\.((incoming|outgoing)\\..+\\.)?connector");
    private static final String MESSAGING_KAFKA = "io.smallrye.reactive.messaging.kafka.KafkaConnector";

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Set<String> connectors = connectors(context);
        boolean mayUseKafka = connectors.isEmpty() || connectors.contains("kafka") || isPresent(MESSAGING_KAFKA);
        return mayUseKafka ? List.of()
                : List.of(new PropertiesConfigSource(Map.of("quarkus.kafka.devservices.enabled", "false"),
                        "Eventlane: no channel is on Kafka", WEAKEST));
    }

    /** The connectors that channels are on; empty where none is named, and Kafka is the default. */
    private static Set<String> connectors(ConfigSourceContext context) {
        List<String> names = new ArrayList<>(List.of(Properties.CONNECTOR));
        context.iterateNames().forEachRemaining(names::add);
        Set<String> connectors = new HashSet<>();
        for (String name : names) {
            ConfigValue value = CONNECTOR.matcher(name).matches() ? context.getValue(name) : null;
            if (value != null && value.getValue() != null) {
                connectors.add(value.getValue().strip());
            }
        }
        return connectors;
    }

    private static boolean isPresent(String className) {
        return Thread.currentThread().getContextClassLoader().getResource(className.replace('.', '/') + ".class") != null;
    }
}
