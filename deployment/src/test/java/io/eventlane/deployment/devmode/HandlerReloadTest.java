package io.eventlane.deployment.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.brokers.FreePort;
import io.eventlane.deployment.handler.TestEvent;
import io.quarkus.test.QuarkusDevModeTest;
import io.restassured.RestAssured;

class HandlerReloadTest {

    private static final int PORT = FreePort.find();

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = new QuarkusDevModeTest()
            .withApplicationRoot(root -> root
                    .addClasses(ReloadedHandlers.class, ReloadedResource.class, TestEvent.class)
                    .addAsResource(new StringAsset("""
                            quarkus.http.port=%d
                            quarkus.eventlane.enabled=false
                            quarkus.kafka.devservices.enabled=false
                            """.formatted(PORT)), "application.properties"));

    @Test
    void whenHandlersAreEditedAddedAndRemoved_thenTableFollows() {
        assertThat(get("/handlers/orders")).isEqualTo("first event");

        APPLICATION.modifySourceFile(ReloadedHandlers.class, source -> source.replace("first", "second"));
        assertThat(get("/handlers/orders")).isEqualTo("second event");

        APPLICATION.modifySourceFile(ReloadedHandlers.class, source -> source.replace("// more", """
                @Incoming("payments")
                @Outgoing("results")
                String onPayment(String payment) {
                    return "paid " + payment;
                }
                """));
        assertThat(get("/handlers/payments")).isEqualTo("paid event");

        APPLICATION.modifySourceFile(ReloadedHandlers.class,
                source -> source.replace("@Incoming(\"orders\")", "").replace("@Outgoing(\"results\")\n    String onOrder",
                        "String onOrder"));
        assertThat(get("/handlers")).isEqualTo("payments");
    }

    private static String get(String path) {
        return RestAssured.given().port(PORT).get(path).then().statusCode(200).extract().asString();
    }
}
