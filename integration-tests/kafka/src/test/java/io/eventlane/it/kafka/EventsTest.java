package io.eventlane.it.kafka;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(KafkaBrokerResource.class)
class EventsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "text           | text        | hello",
            "bytes          | bytes       | hello",
            "number         | number      | 42",
            "alarm          | alarm       | too hot",
            "first          | first       | hello key acme",
            "second         | second      | hello key second parameters",
            "third          | other       | parameters third",
            "payload-result | last-result | key result: payload uni stage two",
    })
    void whenAnEventIsPublished_thenItsHandlerIsGivenWhatItAsksFor(String event, String handler, String expected) {
        publish(event);

        awaitReceived(handler, expected);
    }

    @Test
    void whenAPayloadHoldsOtherTypes_thenTheyArriveToo() {
        String reading = "Reading[sensor=s-1, at=2026-01-31T12:00:00Z,"
                + " values={temperature=Value[number=21.5, unit=CELSIUS]}]";

        publish("reading");
        publish("envelope");

        awaitReceived("reading", reading);
        awaitReceived("envelope", "readings [" + reading + "]");
    }

    private static void publish(String event) {
        String position = when().post("/events/" + event).then().statusCode(200).extract().asString();
        assertThat(position).matches(".+-0@\\d+");
    }

    private static void awaitReceived(String handler, String expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(when().get("/events/" + handler).asString()).isEqualTo(expected));
    }
}
