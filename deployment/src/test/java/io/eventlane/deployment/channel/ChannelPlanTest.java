package io.eventlane.deployment.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.deployment.handler.Application;
import io.eventlane.runtime.ChannelPlan;
import io.quarkus.test.QuarkusUnitTest;

class ChannelPlanTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = Application.of(Orders.class)
            .overrideConfigKey("quarkus.eventlane.incoming.orders.connector", "kafka")
            .overrideConfigKey("quarkus.eventlane.outgoing.audit.connector", "kafka");

    @Inject
    ChannelPlan plan;

    @Test
    void whenChannelsAreUsedOrConfigured_thenPlanHasTheirConnector() {
        assertThat(plan.incoming()).containsExactlyEntriesOf(Map.of("orders", "kafka"));
        assertThat(plan.outgoing()).containsOnlyKeys("audit", "invoices").containsValues("kafka");
        assertThat(plan.defaultConnector()).isEqualTo("kafka");
    }

    static class Orders {

        @Incoming("orders")
        @Outgoing("invoices")
        String invoice(String order) {
            return order;
        }
    }
}
