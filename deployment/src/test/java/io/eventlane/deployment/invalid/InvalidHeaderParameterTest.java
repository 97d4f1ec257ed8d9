package io.eventlane.deployment.invalid;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.Header;
import io.quarkus.test.QuarkusUnitTest;

class InvalidHeaderParameterTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = InvalidApplication.of(new String[] {
            "EVL002 io.eventlane.deployment.invalid.InvalidHeaderParameterTest$Orders#onOrder: @Header(\"X-Region\") stands on parameter 2 (int). Declare the parameter as String.",
            "EVL006 io.eventlane.deployment.invalid.InvalidHeaderParameterTest$Orders#onPayment: @Header of parameter 1 (java.lang.String) has a blank name. Name the header." },
            Orders.class);

    @Test
    void whenBuilt_thenProblemIsReported() {
        InvalidApplication.mustNotBuild();
    }

    static class Orders {

        @Incoming("orders")
        void onOrder(String order, @Header("X-Region") int region) {
        }

        @Incoming("payments")
        void onPayment(@Header(" ") String region) {
        }
    }
}
