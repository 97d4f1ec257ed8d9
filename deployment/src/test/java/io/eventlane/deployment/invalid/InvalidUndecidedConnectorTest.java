package io.eventlane.deployment.invalid;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventPublisher;
import io.eventlane.PublishTo;
import io.eventlane.deployment.ConnectorBuildItem;
import io.quarkus.test.QuarkusUnitTest;

class InvalidUndecidedConnectorTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL010 io.eventlane.deployment.invalid.InvalidUndecidedConnectorTest$Shop#invoices: channel \"invoices\" names no connector, while other channels name several: kafka, pigeon. Set quarkus.eventlane.outgoing.invoices.connector, or quarkus.eventlane.connector for all channels that name none." },
            Shop.class)
            .addBuildChainCustomizer(chain -> chain
                    .addBuildStep(context -> context.produce(new ConnectorBuildItem("pigeon")))
                    .produces(ConnectorBuildItem.class)
                    .build())
            .overrideConfigKey("quarkus.eventlane.incoming.orders.connector", "kafka")
            .overrideConfigKey("quarkus.eventlane.incoming.payments.connector", "pigeon");

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    @ApplicationScoped
    static class Shop {

        @Inject
        @PublishTo("invoices")
        EventPublisher<String> invoices;

        @Incoming("orders")
        void onOrder(String order) {
        }

        @Incoming("payments")
        void onPayment(String payment) {
        }
    }
}
