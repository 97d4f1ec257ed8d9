package io.eventlane.deployment.invalid;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidAbstractHandlerTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL007 io.eventlane.deployment.invalid.InvalidAbstractHandlerTest$Handler#onOrder: the handler would never run: its class does not implement it. Put the annotation on the method that does." },
            Handler.class, Template.class, Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    interface Handler {

        @Incoming("orders")
        void onOrder(String order);
    }

    abstract static class Template implements Handler {
    }

    @ApplicationScoped
    static class Orders extends Template {

        @Override
        public void onOrder(String order) {
        }
    }
}
