package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Envelope;
import io.quarkus.test.QuarkusUnitTest;

class InvalidRawEnvelopeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL002 io.eventlane.deployment.invalid.InvalidRawEnvelopeTest$Orders#onOrder: parameter 1 (io.eventlane.Envelope) does not say what the envelope holds. Add the type of its payload, as in Envelope<Order>." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        @SuppressWarnings("rawtypes")
        void onOrder(Envelope order) {
        }
    }
}
