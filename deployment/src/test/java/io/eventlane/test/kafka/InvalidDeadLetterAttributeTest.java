package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidDeadLetterAttributeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class)
            .overrideRuntimeConfigKey("quarkus.eventlane.incoming.cfg.dead-letter-queue.key-polcy", "quarantine")
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("quarkus.eventlane.incoming.cfg.dead-letter-queue.key-polcy is not known."
                            + " Did you mean quarkus.eventlane.incoming.cfg.dead-letter-queue.key-policy?"));

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
