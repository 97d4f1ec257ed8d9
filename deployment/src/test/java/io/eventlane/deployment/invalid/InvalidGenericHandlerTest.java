package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidGenericHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL013 io.eventlane.deployment.invalid.InvalidGenericHandlerTest$Orders#onOrder: parameter 1 (T) has a type that is not known. Name the type, or give the bean's superclass its type arguments.",
            "EVL013 io.eventlane.deployment.invalid.InvalidGenericHandlerTest$Orders#onOrder: the handler has type parameters of its own. Name the types, or move the type parameters to a superclass." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        <T> void onOrder(T order) {
        }
    }
}
