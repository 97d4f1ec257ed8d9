package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidRawSuperclassTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL013 io.eventlane.deployment.invalid.InvalidRawSuperclassTest$Base#onOrder: parameter 1 (T) has a type that is not known. Name the type, or give the bean's superclass its type arguments." },
            Base.class, Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    abstract static class Base<T> {

        @Incoming("orders")
        void onOrder(T order) {
        }
    }

    @SuppressWarnings("rawtypes")
    static class Orders extends Base {
    }
}
