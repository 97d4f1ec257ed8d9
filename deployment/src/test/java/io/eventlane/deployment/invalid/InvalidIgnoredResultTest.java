package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidIgnoredResultTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL005 io.eventlane.deployment.invalid.InvalidIgnoredResultTest$Orders#onOrder: the handler returns java.lang.String, but nothing is done with it. Publish it with @Outgoing, or return void, Uni<Void> or CompletionStage<Void>." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        String onOrder(String order) {
            return order;
        }
    }
}
