package io.eventlane.test.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidAttributesTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = MemoryApplication.of(Handler.class)
            .overrideRuntimeConfigKey("quarkus.eventlane.incoming.cfg.commit-interval", "1s")
            .overrideRuntimeConfigKey("quarkus.eventlane.incoming.cfg.auto.offset.reset", "latest")
            .overrideRuntimeConfigKey("quarkus.eventlane.incoming.cfg.group.protocol", "consumer")
            .overrideRuntimeConfigKey("quarkus.eventlane.incoming.cfg.max-concurency", "3")
            .overrideRuntimeConfigKey("quarkus.eventlane.incoming.cfg.dead-letter-queue.linger.ms", "3")
            .assertException(failure -> assertThat(failure).hasMessage("""
                    quarkus.eventlane.incoming.cfg.auto.offset.reset is not known to the connector memory
                    quarkus.eventlane.incoming.cfg.commit-interval is not read by the connector memory, which the channel is\
                     on, but by kafka
                    quarkus.eventlane.incoming.cfg.dead-letter-queue.linger.ms is not known to the connector memory
                    quarkus.eventlane.incoming.cfg.group.protocol is not known to the connector memory
                    quarkus.eventlane.incoming.cfg.max-concurency is not known to the connector memory; did you mean\
                     quarkus.eventlane.incoming.cfg.max-concurrency?"""));

    @Test
    void whenAChannelHasAttributesThatItsConnectorDoesNotRead_thenTheStartStopsNamingThem() {
        fail("the application must not start");
    }

    public static class Handler {

        @Incoming("cfg")
        void on(String payload) {
            throw new AssertionError("nothing is consumed: " + payload);
        }
    }
}
