package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidTwoHandlersTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL001 io.eventlane.deployment.invalid.InvalidTwoHandlersTest$Orders#two: both it and io.eventlane.deployment.invalid.InvalidTwoHandlersTest$Orders#one handle all events without a handler of their type of channel \"orders\". Give each handler an @EventType of its own, or do the work in one handler." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        void one(String order) {
        }

        @Incoming("orders")
        void two(String order) {
        }
    }
}
