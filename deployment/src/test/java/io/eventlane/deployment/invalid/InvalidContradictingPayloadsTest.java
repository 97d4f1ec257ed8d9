package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Event;
import io.quarkus.test.QuarkusUnitTest;

class InvalidContradictingPayloadsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL003 io.eventlane.deployment.invalid.InvalidContradictingPayloadsTest$Orders#onOrder: the handler's parameters want the payload as different types. Take Event<?> beside the payload, or only the Event." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        void onOrder(String order, Event<Integer> event) {
        }
    }
}
