package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.spi.FailureHandler;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.annotation.Identifier;

class InvalidFailureStrategyTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class, Triage.class)
            .overrideRuntimeConfigKey("quarkus.eventlane.incoming.cfg.failure-strategy", "triag")
            .assertException(failure -> assertThat(failure)
                    .hasStackTraceContaining("quarkus.eventlane.incoming.cfg.failure-strategy must be one of")
                    .hasStackTraceContaining("of which there are triage, but is 'triag'; did you mean triage?"));

    @Test
    void whenTheConfigurationIsWrong_thenTheStartStopsNamingTheProperty() {
        fail("the application must not start");
    }

    @ApplicationScoped
    @Identifier("triage")
    public static class Triage implements FailureHandler {

        @Override
        public Action onFailure(Failure failure) {
            return Action.IGNORE;
        }
    }

    public static class Handler {

        @Incoming("cfg")
        void on(String payload) {
            throw new AssertionError("nothing is consumed: " + payload);
        }
    }
}
