package io.eventlane.test.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

/** What is said about a topic is read on JetStream alone. */
class InvalidTopicTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = KafkaApplication.of(Handler.class)
            .overrideRuntimeConfigKey("quarkus.eventlane.topic.cfg.retention", "1h")
            .assertException(
                    failure -> assertThat(failure).hasStackTraceContaining("quarkus.eventlane.topic.cfg.… is read of topics"
                            + " on JetStream alone, but the channels that use this topic are on kafka"));

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
