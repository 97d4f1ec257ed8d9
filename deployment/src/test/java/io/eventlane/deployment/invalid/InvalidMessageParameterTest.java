package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidMessageParameterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL002 io.eventlane.deployment.invalid.InvalidMessageParameterTest$Orders#onOrder: manual acknowledgement is not supported: parameter 1 (org.eclipse.microprofile.reactive.messaging.Message<java.lang.String>). Take the payload, or an Event<T> for its metadata: the event is acknowledged when the handler has finished, and runs again when it throws." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        void onOrder(Message<String> order) {
        }
    }
}
