package io.eventlane.quickstart;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(KafkaBrokerResource.class)
class OrderResourceTest {

    @Test
    void whenAnOrderIsPlacedPaidAndShipped_thenItsStatusFollows() {
        String id = post("/orders", "{\"customer\": \"Ada\", \"items\": 2, \"total\": 12.50}");
        awaitStatus(id, "PLACED");

        post("/orders/" + id + "/payment", "{\"amount\": 12.50}");
        awaitStatus(id, "PAID");

        post("/orders/" + id + "/shipment", "{\"carrier\": \"post\"}");
        awaitStatus(id, "SHIPPED");
    }

    @Test
    void whenThereIsNoSuchOrder_thenItIsNotFound() {
        when().get("/orders/order-0").then().statusCode(404);
    }

    private static String post(String path, String json) {
        return given().contentType("application/json").body(json).post(path).then().statusCode(200).extract().asString();
    }

    private static void awaitStatus(String id, String state) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> when().get("/orders/" + id).then().statusCode(200).body("state", equalTo(state)));
    }
}
