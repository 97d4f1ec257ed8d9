package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidUnknownSectionTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class)
            .overrideRuntimeConfigKey("quarkus.eventlane.shutdown-timout", "1s")
            .assertException(failure -> assertThat(failure).hasStackTraceContaining(
                    "quarkus.eventlane.shutdown-timout is not known; did you mean quarkus.eventlane.shutdown-timeout?"));

    @Test
    void whenTheConfigurationIsWrong_thenTheStartStopsNamingTheProperty() {
        fail("the application must not start");
    }

    public static class Handler {

        @Incoming("cfg")
        void on(String payload) {
            throw new AssertionError("nothing is consumed: " + payload);
        }
    }
}
