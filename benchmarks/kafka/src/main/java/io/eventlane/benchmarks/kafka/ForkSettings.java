package io.eventlane.benchmarks.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process is told by its driver, as system properties.
 *
 * @param records of the topic
 * @param warmUp records that are handled before the measured part begins
 * @param handlerMillis for which every handler parks; 0 for a handler that only counts
 * @param timeout after which the process gives up and tells what is missing
 */
public record ForkSettings(
        Arm arm,
        String bootstrapServers,
        String topic,
        String group,
        int records,
        int keys,
        int warmUp,
        int handlerMillis,
        int maxConcurrency,
        Duration timeout) {

    private static final String PREFIX = "benchmark.";

    /** The application's own settings. */
    public static ForkSettings ofSystemProperties() {
        return new ForkSettings(Arm.valueOf(text("arm")), text("bootstrap"), text("topic"), text("group"),
                number("records"), number("keys"), number("warm-up"), number("handler-millis"),
                number("max-concurrency"), Duration.ofSeconds(number("timeout-seconds")));
    }

    /** As options of the JVM: what this application reads, and what activates one arm's channel and no other. */
    List<String> toJvmOptions() {
        List<String> options = new ArrayList<>();
        options.add(own("arm", arm.name()));
        options.add(own("bootstrap", bootstrapServers));
        options.add(own("topic", topic));
        options.add(own("group", group));
        options.add(own("records", records));
        options.add(own("keys", keys));
        options.add(own("warm-up", warmUp));
        options.add(own("handler-millis", handlerMillis));
        options.add(own("max-concurrency", maxConcurrency));
        options.add(own("timeout-seconds", timeout.toSeconds()));
        options.add("-Dkafka.bootstrap.servers=" + bootstrapServers);
        options.add(enabled("mp.messaging.incoming.smallrye", arm == Arm.SMALLRYE && handlerMillis == 0));
        options.add(enabled("mp.messaging.incoming.smallrye-blocking", arm == Arm.SMALLRYE && handlerMillis > 0));
        options.add(enabled("mp.messaging.incoming.smallrye-virtual", arm == Arm.SMALLRYE_VIRTUAL));
        options.add(enabled("quarkus.eventlane", arm == Arm.EVENTLANE));
        return options;
    }

    private static String own(String name, Object value) {
        return "-D" + PREFIX + name + "=" + value;
    }

    private static String enabled(String what, boolean enabled) {
        return "-D" + what + ".enabled=" + enabled;
    }

    private static int number(String name) {
        return Integer.parseInt(text(name));
    }

    private static String text(String name) {
        String value = System.getProperty(PREFIX + name);
        if (value == null) {
            throw new IllegalStateException("-D" + PREFIX + name + " is missing: start the benchmark with ./dev bench kafka");
        }
        return value;
    }
}
