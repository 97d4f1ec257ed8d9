package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventType;
import io.quarkus.test.QuarkusUnitTest;

class InvalidBlankEventTypeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL006 io.eventlane.deployment.invalid.InvalidBlankEventTypeTest$Orders#onOrder: @EventType is blank. Name the event type, or remove @EventType." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        @EventType("")
        void onOrder(String order) {
        }
    }
}
