package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

class KafkaDevServicesDefaultTest {

    @Test
    void whenNoConnectorIsNamedOrKafkaIs_thenNothingIsSaid() {
        assertThat(enabled(Map.of())).isEmpty();
        assertThat(enabled(Map.of("quarkus.eventlane.connector", "kafka"))).isEmpty();
        assertThat(enabled(Map.of("quarkus.eventlane.connector", "memory",
                "quarkus.eventlane.outgoing.\"a.b\".connector", "kafka"))).isEmpty();
    }

    @Test
    void whenNoChannelIsOnKafka_thenTheDevServiceIsOffUnlessTheApplicationWantsIt() {
        assertThat(enabled(Map.of("quarkus.eventlane.connector", "memory"))).contains("false");
        assertThat(enabled(Map.of("%prod.quarkus.eventlane.connector", "kafka", "%test.quarkus.eventlane.connector", "memory")))
                .contains("false");
        assertThat(enabled(Map.of("quarkus.eventlane.incoming.orders.connector", "memory"))).contains("false");
        assertThat(enabled(Map.of("quarkus.eventlane.connector", "memory", "quarkus.kafka.devservices.enabled", "true")))
                .contains("true");
    }

    @Test
    void whenQuarkusMessagingMayUseKafka_thenNothingIsSaid(@TempDir Path classes) throws Exception {
        Path connector = classes.resolve("io/smallrye/reactive/messaging/kafka/KafkaConnector.class");
        Files.createDirectories(connector.getParent());
        Files.createFile(connector);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader with = new URLClassLoader(new URL[] { classes.toUri().toURL() }, before)) {
            Thread.currentThread().setContextClassLoader(with);
            assertThat(enabled(Map.of("quarkus.eventlane.connector", "memory"))).isEmpty();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Optional<String> enabled(Map<String, String> properties) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("test")
                .withSources(new PropertiesConfigSource(properties, "application", 250))
                .withSources(new KafkaDevServicesDefault()).build()
                .getOptionalValue("quarkus.kafka.devservices.enabled", String.class);
    }
}
