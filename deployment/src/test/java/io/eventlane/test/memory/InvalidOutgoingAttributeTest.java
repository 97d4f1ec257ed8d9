package io.eventlane.test.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidOutgoingAttributeTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = MemoryApplication.of()
            .overrideRuntimeConfigKey("quarkus.eventlane.outgoing.out.max-inflight-mesages", "1")
            .assertException(failure -> assertThat(failure).hasMessage(
                    "quarkus.eventlane.outgoing.out.max-inflight-mesages is not known to the connector memory; did you mean"
                            + " quarkus.eventlane.outgoing.out.max-inflight-messages?"));

    @Test
    void whenAChannelHasAnAttributeThatIsNotKnown_thenTheStartStopsNamingIt() {
        fail("the application must not start");
    }
}
