package io.eventlane.benchmarks.kafka;

import java.time.Duration;
import java.util.List;

import org.apache.kafka.common.utils.AppInfoParser;

import io.eventlane.benchmarks.common.Command;
import io.eventlane.benchmarks.common.Fork;
import io.eventlane.benchmarks.common.ForkSettings;
import io.eventlane.benchmarks.common.Keys;
import io.eventlane.benchmarks.common.Machine;
import io.eventlane.benchmarks.common.Outcome;
import io.eventlane.brokers.KafkaBroker;
import io.eventlane.brokers.KafkaBrokerOptions;

/** Starts a broker, fills the topics, measures the arms by turns, and prints a table. */
public final class KafkaBenchmark {

    private static final int MAX_CONCURRENCY = 1_024;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** Fast, and patient: a busy machine must not make the controller believe that the broker is gone. */
    private static final KafkaBrokerOptions BROKER = KafkaBrokerOptions.DEFAULTS
            .withJvmOptions("-Xmx512m", "-XX:TieredStopAtLevel=4")
            .withProperty("broker.session.timeout.ms", 60_000);

    private final Options options;
    private final KafkaBroker broker;
    private final Fork fork;
    private final Report report = new Report();

    private KafkaBenchmark(Options options, KafkaBroker broker) {
        this.options = options;
        this.broker = broker;
        this.fork = new Fork(options.jvmOptions());
    }

    /**
     * @param args the directory of the packaged application, then what {@link Options#USAGE} tells
     */
    public static void main(String[] args) {
        Command.run(List.of(args), Options.USAGE, Options::parse, options -> run(options).isSound());
    }

    static Report run(Options options) {
        try (KafkaBroker broker = KafkaBroker.start(BROKER)) {
            KafkaBenchmark benchmark = new KafkaBenchmark(options, broker);
            benchmark.run();
            return benchmark.report;
        }
    }

    private void run() {
        System.out.println(Machine.describe("Quarkus " + options.application().versionOf("io.quarkus.quarkus-core")
                + ", kafka-clients " + AppInfoParser.getVersion()));
        fillTopics();
        for (int round = 1; round <= options.plan().rounds(); round++) {
            for (Scenario scenario : options.plan().scenarios()) {
                for (Arm arm : options.arms()) {
                    measure(round, scenario, arm);
                }
            }
        }
        System.out.println(report.table());
        if (!report.isSound()) {
            System.out.println("FAILED: Eventlane lost records or their order.");
        }
    }

    private void fillTopics() {
        Seeder seeder = new Seeder(broker.bootstrapServers());
        for (TopicSpec topic : options.plan().topics(options.arms())) {
            System.out.printf("filling %s%n", topic.name());
            seeder.fill(topic);
        }
    }

    private void measure(int round, Scenario scenario, Arm arm) {
        TopicSpec topic = options.plan().topic(scenario, arm);
        String group = "round-" + round + "-" + arm + "-" + scenario.handlerMillis() + "-" + scenario.keys();
        Outcome outcome = fork.run(options.application(),
                new ForkSettings(arm.name(), broker.bootstrapServers(), broker.pid(), topic.name(), group, topic.records(),
                        Keys.of(topic.keys()),
                        TopicSpec.BYTES, options.plan().warmUp(topic), scenario.handlerMillis(), MAX_CONCURRENCY, TIMEOUT),
                arm.properties(scenario));
        report.add(scenario, arm, outcome);
        System.out.printf("round %d of %d: %s: %s: %,.0f records/s%n", round, options.plan().rounds(), scenario.title(),
                arm.title(), outcome.recordsPerSecond());
    }
}
