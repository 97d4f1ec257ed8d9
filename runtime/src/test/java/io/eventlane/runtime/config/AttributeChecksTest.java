package io.eventlane.runtime.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.eventlane.runtime.config.OutgoingSettings.JetStreamAttributes;
import io.quarkus.runtime.configuration.ConfigurationException;

class AttributeChecksTest {

    private static final String ORDERS = "quarkus.eventlane.incoming.orders.";

    private final AttributeChecks checks = new AttributeChecks(List.of(
            new ConnectorAttributes("kafka", Set.of("commit-interval", "revoke-timeout"), Set.of(), true),
            new ConnectorAttributes("pigeon", Set.of("revoke-timeout", "dead-letter-queue.loft"), Set.of("ring"), true),
            new ConnectorAttributes("memory", Set.of(), Set.of(), false)));

    @Test
    void whenNothingIsSet_thenNothingIsRefused() {
        incoming("memory", Map.of());

        assertThatCode(checks::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void whenAConnectorReadsAnAttribute_thenItIsNotRefused() {
        incoming("kafka", Map.of("commit-interval", "1s", "auto.offset.reset", "latest"));
        incoming("pigeon", Map.of("revoke-timeout", "1s", "dead-letter-queue.loft", "7"));
        checks.outgoing("pigeon", List.of(outgoing(Map.of("ring", "blue"))));

        assertThatCode(checks::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void whenOnlyOtherConnectorsReadAnAttribute_thenTheyAreNamed() {
        incoming("memory", Map.of("commit-interval", "1s", "revoke-timeout", "1s"));
        incoming("kafka", Map.of("dead-letter-queue.loft", "7"));
        checks.outgoing("memory", List.of(outgoing(Map.of("ring", "blue"))));

        assertThatThrownBy(checks::throwIfAny).isInstanceOf(ConfigurationException.class).hasMessage("""
                quarkus.eventlane.incoming.orders.commit-interval is not read by the connector memory, which the channel is on,\
                 but by kafka
                quarkus.eventlane.incoming.orders.revoke-timeout is not read by the connector memory, which the channel is on,\
                 but by kafka and pigeon
                quarkus.eventlane.incoming.orders.dead-letter-queue.loft is not read by the connector kafka, which the channel\
                 is on, but by pigeon
                quarkus.eventlane.outgoing.orders.ring is not read by the connector memory, which the channel is on, but by\
                 pigeon""");
    }

    @Test
    void whenNobodyReadsAnAttribute_thenTheErrorSaysWhatWasMeantUnlessTheConnectorHasAClientToAsk() {
        incoming("kafka", Map.of("max-concurency", "1"));
        incoming("memory", Map.of("max-concurency", "1", "auto.offset.reset", "latest", "dead-letter-queue.topik", "dead"));

        assertThatThrownBy(checks::throwIfAny).hasMessage("""
                quarkus.eventlane.incoming.orders.auto.offset.reset is not known to the connector memory
                quarkus.eventlane.incoming.orders.dead-letter-queue.topik is not known to the connector memory; did you mean\
                 quarkus.eventlane.incoming.orders.dead-letter-queue.topic?
                quarkus.eventlane.incoming.orders.max-concurency is not known to the connector memory; did you mean\
                 quarkus.eventlane.incoming.orders.max-concurrency?""");
    }

    private void incoming(String connector, Map<String, String> attributes) {
        Map<String, String> properties = new HashMap<>();
        attributes.forEach((name, value) -> properties.put(ORDERS + name, value));
        checks.incoming(connector, SettingsTest.settings(properties).incoming(List.of("orders"), List.of()));
    }

    private static OutgoingSettings outgoing(Map<String, String> attributes) {
        return new OutgoingSettings("orders", "orders", 1, true,
                new JetStreamAttributes(Duration.ofSeconds(5), Duration.ofSeconds(30)), attributes);
    }
}
