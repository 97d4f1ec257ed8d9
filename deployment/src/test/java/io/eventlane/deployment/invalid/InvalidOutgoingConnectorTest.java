package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidOutgoingConnectorTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL009 quarkus.eventlane.outgoing.\"eu.orders\".connector: there is no connector \"pigeon\". Use one of: jetstream, kafka, memory." },
            Orders.class)
            .overrideConfigKey("quarkus.eventlane.outgoing.\"eu.orders\".connector", "pigeon");

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        void onOrder(String order) {
        }
    }
}
