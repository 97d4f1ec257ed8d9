package io.eventlane.test.kafka;

import java.util.UUID;

import io.eventlane.brokers.KafkaBroker;
import io.quarkus.test.QuarkusUnitTest;

/** Applications on a real broker. */
final class KafkaApplication {

    private KafkaApplication() {
    }

    /**
     * An application of these classes, in a consumer group of its own.
     */
    static QuarkusUnitTest of(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClass(KafkaApplication.class).addClasses(classes))
                // Not in the initializer of the test: that also runs in the class loader of the application.
                .setBeforeAllCustomizer(
                        () -> System.setProperty("kafka.bootstrap.servers", KafkaBroker.shared().bootstrapServers()))
                .setAfterAllCustomizer(() -> System.clearProperty("kafka.bootstrap.servers"))
                .overrideConfigKey("quarkus.application.name", "test-" + UUID.randomUUID())
                .overrideConfigKey("quarkus.devservices.enabled", "false");
    }
}
