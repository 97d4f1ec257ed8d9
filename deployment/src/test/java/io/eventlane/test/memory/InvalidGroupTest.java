package io.eventlane.test.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidGroupTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = MemoryApplication.of(Handlers.class)
            .overrideRuntimeConfigKey("quarkus.eventlane.incoming.audit.topic", "orders")
            .assertException(failure -> assertThat(failure).hasMessageContaining("both read topic orders in group")
                    .hasMessageContaining("quarkus.eventlane.incoming.orders.topic"));

    @Test
    void whenTwoChannelsOfAGroupReadOneTopic_thenTheStartStopsAsOnABroker() {
        fail("the application must not start");
    }

    public static class Handlers {

        @Incoming("orders")
        void on(String payload) {
            throw new AssertionError("nothing is consumed: " + payload);
        }

        @Incoming("audit")
        void audit(String payload) {
            throw new AssertionError("nothing is consumed: " + payload);
        }
    }
}
