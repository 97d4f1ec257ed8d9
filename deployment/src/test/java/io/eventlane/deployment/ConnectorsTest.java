package io.eventlane.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.eventlane.deployment.Connectors.Configured;
import io.eventlane.deployment.Connectors.Use;
import io.eventlane.runtime.ChannelPlan;

class ConnectorsTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void whenNothingIsConfigured_thenKafkaIsTheDefault() {
        ChannelPlan plan = plan(Optional.empty(), Map.of(), Map.of());

        assertThat(plan.incoming()).isEqualTo(Map.of("orders", "kafka"));
        assertThat(plan.outgoing()).isEqualTo(Map.of("invoices", "kafka"));
        assertThat(plan.defaultConnector()).isEqualTo("kafka");
        assertThat(problems).isEmpty();
    }

    @Test
    void whenChannelsNameOneConnector_thenItIsTheDefault() {
        ChannelPlan plan = plan(Optional.empty(), Map.of("orders", "pigeon"), Map.of());

        assertThat(plan.outgoing()).isEqualTo(Map.of("invoices", "pigeon"));
        assertThat(problems).isEmpty();
    }

    @Test
    void whenChannelsNameSeveralConnectors_thenTheOthersMustNameOneToo() {
        ChannelPlan plan = plan(Optional.empty(), Map.of("orders", "pigeon"), Map.of("audit", "kafka"));

        assertThat(plan.defaultConnector()).isNull();
        assertThat(problems)
                .containsExactly("EVL010 Shop#invoices: channel \"invoices\" names no connector, while other channels"
                        + " name several: kafka, pigeon. Set quarkus.eventlane.outgoing.invoices.connector, or"
                        + " quarkus.eventlane.connector for all channels that name none.");
    }

    @Test
    void whenDefaultIsConfigured_thenItDecides() {
        ChannelPlan plan = plan(Optional.of("pigeon"), Map.of("orders", "kafka"), Map.of("audit", "kafka"));

        assertThat(plan.outgoing()).isEqualTo(Map.of("audit", "kafka", "invoices", "pigeon"));
        assertThat(plan.defaultConnector()).isEqualTo("pigeon");
        assertThat(problems).isEmpty();
    }

    private ChannelPlan plan(Optional<String> byDefault, Map<String, String> incoming, Map<String, String> outgoing) {
        return new Connectors(List.of("kafka", "pigeon"), new Configured(byDefault, incoming, outgoing),
                problem -> problems.add(problem.toString()))
                .plan(Stream.of(new Use("orders", "Orders#onOrder")), Stream.of(new Use("invoices", "Shop#invoices")));
    }
}
