package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventBus;
import io.quarkus.test.QuarkusUnitTest;

class InvalidInjectedParameterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL002 io.eventlane.deployment.invalid.InvalidInjectedParameterTest$Orders#onOrder: parameter 2 (io.eventlane.EventBus) is nothing that an event carries. Inject it into the bean instead." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        void onOrder(String order, EventBus bus) {
        }
    }
}
