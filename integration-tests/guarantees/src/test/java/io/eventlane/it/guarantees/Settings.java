package io.eventlane.it.guarantees;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eventlane.brokers.KafkaBrokerOptions;
import io.eventlane.it.guarantees.Scenario.Protocol;

/** What the processes and the broker of a scenario are configured with. */
final class Settings {

    /** The least that a broker accepts of a classic member. */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    /** What Eventlane takes for it where the broker manages the group and tells nobody. */
    private static final Duration TRUST = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);
    private static final Duration REVOKE_TIMEOUT = Duration.ofSeconds(10);
    /** Less than {@link Workload} makes the slowest handlers take. */
    private static final Duration HASTY_REVOKE_TIMEOUT = Duration.ofMillis(500);
    /** Less than an outage takes, so that the client gives dead letters up and they have to be sent again. */
    private static final Duration LETTER_TIMEOUT = Duration.ofMillis(1_500);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_POLL_RECORDS = 50;
    private static final int MAX_ATTEMPTS = 3;
    private static final String CHANNEL = "quarkus.eventlane.incoming.events.";

    private Settings() {
    }

    /** A broker whose groups give up a member as fast with the consumer protocol as with the classic one. */
    static KafkaBrokerOptions broker() {
        return KafkaBrokerOptions.DEFAULTS
                .withProperty("group.consumer.min.session.timeout.ms", SESSION_TIMEOUT.toMillis())
                .withProperty("group.consumer.session.timeout.ms", SESSION_TIMEOUT.toMillis())
                .withProperty("group.consumer.min.heartbeat.interval.ms", HEARTBEAT.toMillis())
                .withProperty("group.consumer.heartbeat.interval.ms", HEARTBEAT.toMillis());
    }

    static Limits limits(Scenario scenario) {
        return new Limits(scenario.partitions(), scenario.maxSpan() + MAX_POLL_RECORDS, COMMIT_INTERVAL,
                revokeTimeout(scenario), scenario.hasty(),
                scenario.protocol() == Protocol.CONSUMER ? TRUST : SESSION_TIMEOUT, SHUTDOWN_TIMEOUT);
    }

    private static Duration revokeTimeout(Scenario scenario) {
        return scenario.hasty() ? HASTY_REVOKE_TIMEOUT : REVOKE_TIMEOUT;
    }

    /** As arguments of the JVM. */
    static List<String> process(Scenario scenario, Topics topics, String bootstrapServers, Path directory, String name) {
        List<String> settings = new ArrayList<>();
        add(settings, "journal.directory", directory);
        add(settings, "journal.name", name);
        add(settings, "kafka.bootstrap.servers", bootstrapServers);
        add(settings, "quarkus.eventlane.shutdown-timeout", SHUTDOWN_TIMEOUT.toSeconds() + "s");
        add(settings, "quarkus.eventlane.outgoing.results.topic", topics.results());
        add(settings, CHANNEL + "topic", topics.events());
        add(settings, CHANNEL + "group.id", topics.group());
        add(settings, CHANNEL + "max-concurrency", scenario.maxConcurrency());
        add(settings, CHANNEL + "max-span", scenario.maxSpan());
        add(settings, CHANNEL + "max.poll.records", MAX_POLL_RECORDS);
        add(settings, CHANNEL + "commit-interval", COMMIT_INTERVAL.toMillis() + "ms");
        add(settings, CHANNEL + "revoke-timeout", revokeTimeout(scenario).toMillis() + "ms");
        add(settings, CHANNEL + "retry.initial-delay", "100ms");
        add(settings, CHANNEL + "retry.max-delay", "1s");
        if (scenario.protocol() == Protocol.CONSUMER) {
            add(settings, CHANNEL + "group.protocol", "consumer");
        } else {
            add(settings, CHANNEL + "session.timeout.ms", SESSION_TIMEOUT.toMillis());
            add(settings, CHANNEL + "heartbeat.interval.ms", HEARTBEAT.toMillis());
        }
        if (scenario.protocol() == Protocol.EAGER) {
            add(settings, CHANNEL + "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
        }
        if (scenario.staticMembers()) {
            add(settings, CHANNEL + "group.instance.id", name);
        }
        if (scenario.deadLetters()) {
            add(settings, CHANNEL + "retry.max-attempts", MAX_ATTEMPTS);
            add(settings, CHANNEL + "failure-strategy", "dead-letter-queue");
            add(settings, CHANNEL + "dead-letter-queue.topic", topics.deadLetters());
            add(settings, CHANNEL + "dead-letter-queue.delivery.timeout.ms", LETTER_TIMEOUT.toMillis());
            add(settings, CHANNEL + "dead-letter-queue.request.timeout.ms", LETTER_TIMEOUT.toMillis() / 2);
        }
        return settings;
    }

    private static void add(List<String> settings, String name, Object value) {
        settings.add("-D" + name + "=" + value);
    }
}
