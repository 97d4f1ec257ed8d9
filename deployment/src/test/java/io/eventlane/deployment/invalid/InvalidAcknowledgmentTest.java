package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidAcknowledgmentTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL014 io.eventlane.deployment.invalid.InvalidAcknowledgmentTest$Orders#manual: @Acknowledgment(MANUAL) stands on a handler that has nothing to acknowledge with. Take a Message<T> and call its ack(), or remove @Acknowledgment: the event is acknowledged when the handler has finished.",
            "EVL014 io.eventlane.deployment.invalid.InvalidAcknowledgmentTest$Orders#none: @Acknowledgment(NONE) is not supported: an event that is acknowledged before it is handled can be lost. Remove @Acknowledgment: the event is acknowledged when the handler has finished, or by the Message<T> that it takes.",
            "EVL014 io.eventlane.deployment.invalid.InvalidAcknowledgmentTest$Orders#postProcessing: @Acknowledgment(POST_PROCESSING) stands on a handler whose Message says when the event is done. Remove @Acknowledgment, or take an Event<T> instead of the Message.",
            "EVL014 io.eventlane.deployment.invalid.InvalidAcknowledgmentTest$Orders#preProcessing: @Acknowledgment(PRE_PROCESSING) is not supported: an event that is acknowledged before it is handled can be lost. Remove @Acknowledgment: the event is acknowledged when the handler has finished, or by the Message<T> that it takes." },
            Orders.class);

    @Test
    void whenStrategiesContradictTheirHandlers_thenEachIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("manual")
        @Acknowledgment(Strategy.MANUAL)
        void manual(String order) {
        }

        @Incoming("post-processing")
        @Acknowledgment(Strategy.POST_PROCESSING)
        void postProcessing(Message<String> order) {
        }

        @Incoming("pre-processing")
        @Acknowledgment(Strategy.PRE_PROCESSING)
        void preProcessing(String order) {
        }

        @Incoming("none")
        @Acknowledgment(Strategy.NONE)
        void none(Message<String> order) {
        }
    }
}
