package io.eventlane.test.kafka;

import static org.hamcrest.Matchers.empty;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

class HealthSwitchedOffTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class)
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.eventlane.health.enabled", "false");

    @Test
    void whenTheChecksAreSwitchedOff_thenThereIsNone() {
        RestAssured.get("/q/health").then().statusCode(200).body("checks", empty());
    }

    public static class Handler {

        @Incoming("hlt-unchecked")
        void on(String payload) {
        }
    }
}
