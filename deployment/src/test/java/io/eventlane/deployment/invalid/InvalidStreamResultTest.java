package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Multi;

class InvalidStreamResultTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL005 io.eventlane.deployment.invalid.InvalidStreamResultTest$Orders#onOrder: the handler has @Outgoing, but returns io.smallrye.mutiny.Multi<java.lang.String>. Return a payload, an Envelope, a collection of them, or a Uni or CompletionStage of one of these.",
            "EVL005 io.eventlane.deployment.invalid.InvalidStreamResultTest$Orders#onPayment: the handler has @Outgoing, but returns org.eclipse.microprofile.reactive.messaging.Message<java.lang.String>. Return a payload, an Envelope, a collection of them, or a Uni or CompletionStage of one of these." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        @Outgoing("invoices")
        Multi<String> onOrder(String order) {
            return Multi.createFrom().item(order);
        }

        @Incoming("payments")
        @Outgoing("receipts")
        Message<String> onPayment(String payment) {
            return Message.of(payment);
        }
    }
}
