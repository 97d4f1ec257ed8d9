package io.eventlane.test.kafka;

import static org.hamcrest.Matchers.equalTo;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.runtime.health.ChannelStatuses;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;
import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

class HealthOfTroublesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class, Troubles.class)
            .overrideConfigKey("quarkus.http.test-port", "0");

    @Inject
    Troubles troubles;

    @Test
    void whenAChannelHasNotStarted_thenStartupAndReadinessAreDown() {
        troubles.severity = Severity.NOT_STARTED;

        assertStatusCodes(200, 503, 503);
    }

    @Test
    void whenAChannelIsNotReady_thenReadinessIsDownAndTellsWhy() {
        troubles.severity = Severity.NOT_READY;

        assertStatusCodes(200, 503, 200);
        RestAssured.get("/q/health/ready").then()
                .body("checks.find { it.name == 'Eventlane - readiness check' }.data.hlt-trouble",
                        equalTo("[DOWN] since 2026-01-31T12:00:00Z: parked: key 'order-17' at orders-0@5"));
    }

    @Test
    void whenAChannelIsDead_thenLivenessAndReadinessAreDown() {
        troubles.severity = Severity.DEAD;

        assertStatusCodes(503, 503, 200);
    }

    private static void assertStatusCodes(int live, int ready, int started) {
        RestAssured.get("/q/health/live").then().statusCode(live);
        RestAssured.get("/q/health/ready").then().statusCode(ready);
        RestAssured.get("/q/health/started").then().statusCode(started);
    }

    public static class Handler {

        @Incoming("hlt-trouble")
        void on(String payload) {
        }
    }

    @Alternative
    @Priority(1)
    @Singleton
    public static class Troubles implements ChannelStatuses {

        private volatile Severity severity = Severity.NOT_READY;

        @Override
        public boolean isEnabled() {
            return true;
        }

        @Override
        public Instant stoppingSince() {
            return null;
        }

        @Override
        public List<ChannelStatus> channels() {
            return List.of(new ChannelStatus("hlt-trouble", "kafka", Map.of(), List.of(new Trouble(severity,
                    "parked: key 'order-17' at orders-0@5", Instant.parse("2026-01-31T12:00:00Z")))));
        }
    }
}
