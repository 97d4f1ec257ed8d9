package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

class InvalidMissingResultTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL005 io.eventlane.deployment.invalid.InvalidMissingResultTest$Orders#onOrder: the handler has @Outgoing, but returns void: there is nothing to publish. Return the payload, or remove @Outgoing.",
            "EVL005 io.eventlane.deployment.invalid.InvalidMissingResultTest$Orders#onPayment: the handler has @Outgoing, but returns io.smallrye.mutiny.Uni<java.lang.Void>: there is nothing to publish. Return the payload, or remove @Outgoing." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        @Outgoing("invoices")
        void onOrder(String order) {
        }

        @Incoming("payments")
        @Outgoing("receipts")
        Uni<Void> onPayment(String payment) {
            return Uni.createFrom().voidItem();
        }
    }
}
