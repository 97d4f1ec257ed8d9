package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidInnerClassTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL007 io.eventlane.deployment.invalid.InvalidInnerClassTest$Orders#onOrder: the handler would never run: its class is an inner class, which is never a bean. Make it static, or a class of its own." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    class Orders {

        @Incoming("orders")
        void onOrder(String order) {
        }
    }
}
