package io.eventlane.deployment.invalid;

import jakarta.enterprise.context.ApplicationScoped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventPublisher;
import io.quarkus.test.QuarkusUnitTest;

class InvalidPublisherWithoutChannelTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL012 io.eventlane.deployment.invalid.InvalidPublisherWithoutChannelTest$Shop#Shop: the publisher does not say to which channel it publishes. Declare it as @PublishTo(\"channel\") EventPublisher<Order>." },
            Shop.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    @ApplicationScoped
    static class Shop {

        Shop(EventPublisher<String> orders) {
        }
    }
}
