package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventType;
import io.quarkus.test.QuarkusUnitTest;

class InvalidTwoHandlersOfOneTypeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL001 io.eventlane.deployment.invalid.InvalidTwoHandlersOfOneTypeTest$Orders#two: both it and io.eventlane.deployment.invalid.InvalidTwoHandlersOfOneTypeTest$Orders#one handle the events of type \"order.placed\" of channel \"orders\". Give each handler an @EventType of its own, or do the work in one handler." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        @EventType("order.placed")
        void one(String order) {
        }

        @Incoming("orders")
        @EventType("order.placed")
        void two(String order) {
        }
    }
}
