package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Event;
import io.eventlane.EventBus;
import io.eventlane.PublishException;
import io.eventlane.PublishException.Reason;
import io.eventlane.memory.MemoryRecord;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

/** Some channels on Kafka, some in memory. */
class TwoConnectorsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handlers.class)
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.eventlane.incoming.two-in.connector", "memory")
            .overrideConfigKey("quarkus.eventlane.outgoing.two-in.connector", "memory")
            .overrideConfigKey("quarkus.eventlane.incoming.two-kafka.connector", "kafka")
            .overrideConfigKey("quarkus.eventlane.outgoing.two-kafka.connector", "kafka")
            .overrideConfigKey("quarkus.eventlane.incoming.two-kafka.commit-interval", "50ms")
            .overrideConfigKey("quarkus.eventlane.incoming.two-out.connector", "memory")
            .overrideConfigKey("quarkus.eventlane.outgoing.two-out.connector", "memory");

    @Inject
    EventBus bus;

    @Inject
    Handlers handlers;

    @Test
    void whenEventsGoFromOneConnectorToTheOther_thenEachHandlesItsOwn() {
        bus.publish("two-in", "k", "event").toCompletableFuture().join();

        await().atMost(Duration.ofSeconds(40)).until(() -> handlers.handled.size() == 3);
        assertThat(handlers.handled).containsExactly("event in memory", "event on kafka", "event in memory");
    }

    @Test
    void whenTheConnectorOfAChannelIsNotDecided_thenPublishingFails() {
        Throwable failure = bus.publish("nowhere", "x").toCompletableFuture().handle((receipt, e) -> e).join();

        assertThat(failure)
                .isInstanceOfSatisfying(PublishException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID))
                .hasMessageContaining("quarkus.eventlane.outgoing.nowhere.connector");
    }

    @Test
    void whenHealthIsAskedFor_thenTheChannelsOfBothAreThere() {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200)
                .body("checks.find { it.name == 'Eventlane - readiness check' }.data.two-in", equalTo("[UP]"))
                .body("checks.find { it.name == 'Eventlane - readiness check' }.data.two-kafka", equalTo("[UP]")));
    }

    @Singleton
    public static class Handlers {

        final Queue<String> handled = new ConcurrentLinkedQueue<>();

        @Incoming("two-in")
        @Outgoing("two-kafka")
        String first(Event<String> event) {
            return handled(event);
        }

        @Incoming("two-kafka")
        @Outgoing("two-out")
        String second(Event<String> event) {
            return handled(event);
        }

        @Incoming("two-out")
        void third(Event<String> event) {
            handled(event);
        }

        private String handled(Event<String> event) {
            handled.add(event.payload() + (event.unwrap(Object.class) instanceof MemoryRecord ? " in memory" : " on kafka"));
            return event.payload();
        }
    }
}
