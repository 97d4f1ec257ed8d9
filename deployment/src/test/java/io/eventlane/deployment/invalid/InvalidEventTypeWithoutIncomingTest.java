package io.eventlane.deployment.invalid;

import jakarta.enterprise.context.ApplicationScoped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventType;
import io.quarkus.test.QuarkusUnitTest;

class InvalidEventTypeWithoutIncomingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL011 io.eventlane.deployment.invalid.InvalidEventTypeWithoutIncomingTest$Orders#onOrder: @EventType stands on a method without @Incoming. Add @Incoming, or remove @EventType." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    @ApplicationScoped
    static class Orders {

        @EventType("order.placed")
        void onOrder(String order) {
        }
    }
}
