package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidBlankChannelTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL006 io.eventlane.deployment.invalid.InvalidBlankChannelTest$Orders#onOrder: @Incoming has a blank channel. Name the channel.",
            "EVL006 io.eventlane.deployment.invalid.InvalidBlankChannelTest$Orders#onPayment: @Outgoing has a blank channel. Name the channel." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("")
        void onOrder(String order) {
        }

        @Incoming("payments")
        @Outgoing(" ")
        String onPayment(String payment) {
            return payment;
        }
    }
}
