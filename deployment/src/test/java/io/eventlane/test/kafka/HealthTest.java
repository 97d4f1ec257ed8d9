package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

class HealthTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class)
            .overrideConfigKey("quarkus.http.test-port", "0");

    @Test
    void whenAllIsWell_thenEachCheckIsUpAndTellsOfEachChannel() {
        assertUp("/q/health/live", "Eventlane - liveness check");
        assertUp("/q/health/ready", "Eventlane - readiness check");
        assertUp("/q/health/started", "Eventlane - startup check");
    }

    private static void assertUp(String path, String check) {
        RestAssured.get(path).then().statusCode(200)
                .body("checks.name", hasItems(check))
                .body("checks.find { it.name == '" + check + "' }.data.hlt-orders", equalTo("[UP]"));
    }

    @Test
    void whenAllChecksAreAskedTogether_thenEachIsThereOnce() {
        assertThat(RestAssured.get("/q/health").jsonPath().getList("checks.name", String.class))
                .containsOnlyOnce("Eventlane - liveness check", "Eventlane - readiness check", "Eventlane - startup check");
    }

    public static class Handler {

        @Incoming("hlt-orders")
        void on(String payload) {
        }
    }
}
