package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidAbstractClassTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL007 io.eventlane.deployment.invalid.InvalidAbstractClassTest$Contract#onOrder: the handler would never run: its class is abstract, and no bean inherits from it. Move the handler to a class, or add a class that inherits it.",
            "EVL007 io.eventlane.deployment.invalid.InvalidAbstractClassTest$Orders#onOrder: the handler would never run: its class is abstract, and no bean inherits from it. Move the handler to a class, or add a class that inherits it." },
            Orders.class, Contract.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    abstract static class Orders {

        @Incoming("orders")
        void onOrder(String order) {
        }
    }

    interface Contract {

        @Incoming("payments")
        default void onOrder(String order) {
        }
    }
}
