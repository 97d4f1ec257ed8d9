package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;

import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventBus;
import io.eventlane.PublishException;
import io.eventlane.PublishException.Reason;
import io.quarkus.test.QuarkusUnitTest;

class ClosedBusTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class)
            .overrideConfigKey("quarkus.eventlane.enabled", "false");

    @Inject
    EventBus bus;

    @Test
    void whenEventlaneIsSwitchedOff_thenPublishingFailsAndNothingOfKafkaRuns() {
        Throwable failure = bus.publish("closed", "x").toCompletableFuture().exceptionNow();

        assertThat(failure).isInstanceOfSatisfying(PublishException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED))
                .hasMessageContaining("quarkus.eventlane.enabled=false");
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("eventlane-") || name.startsWith("kafka-producer"));
    }

    public static class Handler {

        @Incoming("closed")
        void on(String payload) {
            throw new CompletionException(new AssertionError("nothing is consumed: " + payload));
        }
    }
}
