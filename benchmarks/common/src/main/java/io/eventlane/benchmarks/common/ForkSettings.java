package io.eventlane.benchmarks.common;

import java.time.Duration;
import java.util.List;

/**
 * What a process is told by its driver, as system properties.
 *
 * @param arm what it measures
 * @param servers where the broker is
 * @param brokerPid its process
 * @param topic to consume, or to publish to
 * @param group as which it consumes
 * @param records of the topic
 * @param bytes of each payload
 * @param warmUp records that are done before the measured part begins
 * @param handlerMillis for which every handler parks; 0 for a handler that only counts
 * @param maxConcurrency how many handlers may run at once
 * @param timeout after which the process gives up and tells what is missing
 */
public record ForkSettings(
        String arm,
        String servers,
        long brokerPid,
        String topic,
        String group,
        int records,
        Keys keys,
        int bytes,
        int warmUp,
        int handlerMillis,
        int maxConcurrency,
        Duration timeout) {

    private static final String PREFIX = "benchmark.";

    /** The application's own settings. */
    public static ForkSettings ofSystemProperties() {
        return new ForkSettings(text("arm"), text("servers"), Long.parseLong(text("broker-pid")), text("topic"), text("group"),
                number("records"),
                Keys.parse(text("keys")), number("bytes"), number("warm-up"), number("handler-millis"),
                number("max-concurrency"), Duration.ofSeconds(number("timeout-seconds")));
    }

    /** As options of the JVM. */
    List<String> toJvmOptions() {
        return List.of(
                own("arm", arm),
                own("servers", servers),
                own("broker-pid", brokerPid),
                own("topic", topic),
                own("group", group),
                own("records", records),
                own("keys", keys),
                own("bytes", bytes),
                own("warm-up", warmUp),
                own("handler-millis", handlerMillis),
                own("max-concurrency", maxConcurrency),
                own("timeout-seconds", timeout.toSeconds()));
    }

    private static String own(String name, Object value) {
        return "-D" + PREFIX + name + "=" + value;
    }

    private static int number(String name) {
        return Integer.parseInt(text(name));
    }

    private static String text(String name) {
        String value = System.getProperty(PREFIX + name);
        if (value == null) {
            throw new IllegalStateException("-D" + PREFIX + name + " is missing: start the benchmark with ./dev bench");
        }
        return value;
    }
}
