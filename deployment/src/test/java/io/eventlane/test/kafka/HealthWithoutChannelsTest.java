package io.eventlane.test.kafka;

import static org.hamcrest.Matchers.empty;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;
import io.restassured.RestAssured;

class HealthWithoutChannelsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of().overrideConfigKey("quarkus.http.test-port", "0");

    @Test
    void whenTheApplicationHasNoChannel_thenThereIsNoCheck() {
        RestAssured.get("/q/health").then().statusCode(200).body("checks", empty());
    }
}
