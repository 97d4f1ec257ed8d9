package io.eventlane.it.coexistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.DeploymentException;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusUnitTest;

class InvalidPartlyClaimedTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(root -> root.addClasses(Orders.class))
            .overrideConfigKey("quarkus.kafka.devservices.enabled", "false")
            .overrideConfigKey("quarkus.eventlane.incoming.ours.connector", "kafka")
            .assertException(failure -> assertThat(failure)
                    .isInstanceOf(DeploymentException.class)
                    .hasMessage("""
                            Eventlane found a problem:
                              EVL008 %s#onOrder: some of the method's channels are Eventlane's, the others \
                            quarkus-messaging's. Set quarkus.eventlane.incoming.theirs.connector too, or split the method.""",
                            Orders.class.getName()));

    @Test
    void whenBuilt_thenProblemIsReported() {
        fail("The application was built, although it is invalid");
    }

    @ApplicationScoped
    static class Orders {

        @Incoming("ours")
        @Incoming("theirs")
        void onOrder(String order) {
        }
    }
}
