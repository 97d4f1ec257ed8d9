package io.eventlane.deployment.invalid;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventPublisher;
import io.eventlane.PublishTo;
import io.quarkus.test.QuarkusUnitTest;

class InvalidBlankPublisherTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL006 io.eventlane.deployment.invalid.InvalidBlankPublisherTest$Shop#orders: @PublishTo has a blank channel. Name the channel." },
            Shop.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    @ApplicationScoped
    static class Shop {

        @Inject
        @PublishTo("")
        EventPublisher<String> orders;
    }
}
