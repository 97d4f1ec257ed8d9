package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidBeanConstructorTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL007 io.eventlane.deployment.invalid.InvalidBeanConstructorTest$Orders#onOrder: the handler would never run: its class is no bean. Give it one constructor, and a scope such as @ApplicationScoped." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        Orders(String one) {
        }

        Orders(int another) {
        }

        @Incoming("orders")
        void onOrder(String order) {
        }
    }
}
