package io.eventlane.deployment.invalid;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidSourceMethodTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL011 io.eventlane.deployment.invalid.InvalidSourceMethodTest$Orders#produce: @Outgoing stands on a method without @Incoming, and methods that produce events on their own are not supported. Publish through an EventPublisher, from a scheduled method for example." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    @ApplicationScoped
    static class Orders {

        @Outgoing("orders")
        String produce() {
            return "an order";
        }
    }
}
