package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidTwoMessagesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL003 io.eventlane.deployment.invalid.InvalidTwoMessagesTest$Orders#onOrder: the handler has several Message parameters. Keep one.",
            "EVL003 io.eventlane.deployment.invalid.InvalidTwoMessagesTest$Orders#onPayment: the handler's parameters want the payload as different types. Take Event<?> beside the payload, or only the Event." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        void onOrder(Message<String> order, Message<?> again) {
        }

        @Incoming("payments")
        void onPayment(Message<String> payment, Integer amount) {
        }
    }
}
