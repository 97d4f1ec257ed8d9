package io.eventlane.test.jetstream;

import java.util.UUID;

import io.eventlane.brokers.NatsServer;
import io.quarkus.test.QuarkusUnitTest;

/** Applications on a real server. */
final class JetStreamApplication {

    private static final String SERVERS = "quarkus.eventlane.jetstream.servers";

    private JetStreamApplication() {
    }

    /**
     * An application of these classes, in a group of its own, with all its channels on JetStream.
     */
    static QuarkusUnitTest of(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClass(JetStreamApplication.class).addClasses(classes))
                // Not in the initializer of the test: that also runs in the class loader of the application.
                .setBeforeAllCustomizer(() -> System.setProperty(SERVERS, NatsServer.shared().url()))
                .setAfterAllCustomizer(() -> System.clearProperty(SERVERS))
                .overrideConfigKey("quarkus.eventlane.connector", "jetstream")
                .overrideConfigKey("quarkus.application.name", "test-" + UUID.randomUUID())
                .overrideConfigKey("quarkus.devservices.enabled", "false");
    }
}
