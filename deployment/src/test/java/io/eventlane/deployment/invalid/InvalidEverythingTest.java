package io.eventlane.deployment.invalid;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventPublisher;
import io.eventlane.PublishTo;
import io.quarkus.test.QuarkusUnitTest;

class InvalidEverythingTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL006 io.eventlane.deployment.invalid.InvalidEverythingTest$Shop#orders: @PublishTo has a blank channel. Name the channel.",
            "EVL004 io.eventlane.deployment.invalid.InvalidEverythingTest$Shop#wrong: the handler is private, so that nothing can call it. Make it package-private.",
            "EVL005 io.eventlane.deployment.invalid.InvalidEverythingTest$Shop#wrong: the handler returns java.lang.String, but nothing is done with it. Publish it with @Outgoing, or return void, Uni<Void> or CompletionStage<Void>.",
            "EVL007 io.eventlane.deployment.invalid.InvalidEverythingTest$Template#onOrder: the handler would never run: its class is abstract, and no bean inherits from it. Move the handler to a class, or add a class that inherits it.",
            "EVL009 quarkus.eventlane.connector: there is no connector \"pigeon\". Use one of: jetstream, kafka, memory." },
            Shop.class, Template.class)
            .overrideConfigKey("quarkus.eventlane.connector", "pigeon");

    @Test
    void whenSeveralRulesAreBroken_thenAllAreReportedTogether() {
        InvalidApplication.mustNotBuild();
    }

    @ApplicationScoped
    static class Shop {

        @Inject
        @PublishTo("")
        EventPublisher<String> orders;

        @Incoming("orders")
        private String wrong(String order) {
            return order;
        }
    }

    abstract static class Template {

        @Incoming("payments")
        void onOrder(String order) {
        }
    }
}
