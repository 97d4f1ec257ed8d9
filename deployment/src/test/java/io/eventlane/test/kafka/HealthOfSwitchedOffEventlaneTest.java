package io.eventlane.test.kafka;

import static org.hamcrest.Matchers.equalTo;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

class HealthOfSwitchedOffEventlaneTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class)
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.eventlane.enabled", "false");

    @ParameterizedTest
    @ValueSource(strings = { "live", "ready", "started" })
    void whenEventlaneIsSwitchedOff_thenTheChecksAreUpAndSaySo(String probe) {
        RestAssured.get("/q/health/" + probe).then().statusCode(200)
                .body("checks[0].data.eventlane", equalTo("switched off: quarkus.eventlane.enabled=false"));
    }

    public static class Handler {

        @Incoming("hlt-off")
        void on(String payload) {
        }
    }
}
