package io.eventlane.test.memory;

import java.util.List;

import io.quarkus.test.QuarkusUnitTest;

/** Applications without a broker. */
final class MemoryApplication {

    private MemoryApplication() {
    }

    static QuarkusUnitTest of(Class<?>... classes) {
        return new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClass(MemoryApplication.class).addClasses(classes))
                .overrideConfigKey("quarkus.http.test-port", "0")
                .overrideConfigKey("quarkus.eventlane.connector", "memory");
    }

    /** The threads of Eventlane's, and of Kafka's clients, that are there now; but for the timer's. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("eventlane-") || name.startsWith("kafka-"))
                .filter(name -> !name.equals("eventlane-timer")).sorted().toList();
    }
}
