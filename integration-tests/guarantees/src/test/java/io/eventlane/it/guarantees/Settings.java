package io.eventlane.it.guarantees;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventlane.it.guarantees.Scenario.Protocol;

/** What the processes of a scenario are configured with, as arguments of the JVM. */
final class Settings {

    static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);
    /** How many records are fetched at once, at most. */
    static final int BATCH = 50;

    private static final Duration REVOKE_TIMEOUT = Duration.ofSeconds(10);
    /** Less than {@link Workload} makes the slowest handlers take. */
    private static final Duration HASTY_REVOKE_TIMEOUT = Duration.ofMillis(500);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_ATTEMPTS = 3;
    private static final String CHANNEL = "quarkus.eventlane.incoming.events.";

    private final List<String> arguments = new ArrayList<>();

    private Settings() {
    }

    static Limits limits(Scenario scenario) {
        // In memory nothing is read again.
        int repeated = scenario.broker() == Broker.MEMORY ? 0 : scenario.partitions();
        return new Limits(repeated, scenario.maxSpan() + BATCH, COMMIT_INTERVAL,
                revokeTimeout(scenario), scenario.hasty(),
                scenario.protocol() == Protocol.CONSUMER ? KafkaTopics.TRUST : scenario.broker().session(), SHUTDOWN_TIMEOUT,
                scenario.forgets());
    }

    private static Duration revokeTimeout(Scenario scenario) {
        return scenario.hasty() ? HASTY_REVOKE_TIMEOUT : REVOKE_TIMEOUT;
    }

    /**
     * @param name of the process
     */
    static List<String> process(Scenario scenario, Topics topics, Path directory, String name) {
        Settings settings = new Settings();
        settings.add("journal.directory", directory);
        settings.add("journal.name", name);
        settings.add("quarkus.eventlane.shutdown-timeout", SHUTDOWN_TIMEOUT.toSeconds() + "s");
        settings.add("quarkus.eventlane.outgoing.results.topic", topics.results());
        settings.ofChannel("topic", topics.events());
        settings.ofChannel("group.id", topics.group());
        settings.ofChannel("max-concurrency", scenario.maxConcurrency());
        settings.ofChannel("max-span", scenario.maxSpan());
        if (scenario.protocol() != Protocol.NONE) {
            settings.ofChannel("revoke-timeout", revokeTimeout(scenario).toMillis() + "ms");
        }
        settings.ofChannel("retry.initial-delay", "100ms");
        settings.ofChannel("retry.max-delay", "1s");
        if (scenario.deadLetters()) {
            settings.ofChannel("retry.max-attempts", MAX_ATTEMPTS);
            settings.ofChannel("failure-strategy", "dead-letter-queue");
            settings.ofChannel("dead-letter-queue.topic", topics.deadLetters());
        }
        topics.configure(settings, name);
        return settings.arguments;
    }

    void add(String name, Object value) {
        arguments.add("-D" + name + "=" + value);
    }

    /** Of the channel of the events. */
    void ofChannel(String name, Object value) {
        add(CHANNEL + name, value);
    }
}
