package io.eventlane.deployment.handler;

import io.quarkus.test.QuarkusUnitTest;

/** An application without a broker: its handlers are generated, nothing is consumed. */
public final class Application {

    private Application() {
    }

    public static QuarkusUnitTest of(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(
                        root -> root.addClasses(classes).addClasses(Application.class, TestEvent.class, Handlers.class))
                .overrideConfigKey("quarkus.eventlane.enabled", "false")
                .overrideConfigKey("quarkus.kafka.devservices.enabled", "false")
                .overrideConfigKey("quarkus.http.host-enabled", "false");
    }
}
