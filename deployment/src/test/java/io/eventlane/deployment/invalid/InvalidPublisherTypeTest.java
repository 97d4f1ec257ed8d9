package io.eventlane.deployment.invalid;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.PublishTo;
import io.quarkus.test.QuarkusUnitTest;

class InvalidPublisherTypeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL012 io.eventlane.deployment.invalid.InvalidPublisherTypeTest$Shop#orders: @PublishTo stands on a java.lang.String. Declare it as @PublishTo(\"channel\") EventPublisher<Order>." },
            Shop.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    @ApplicationScoped
    static class Shop {

        @Inject
        @PublishTo("orders")
        String orders;
    }
}
