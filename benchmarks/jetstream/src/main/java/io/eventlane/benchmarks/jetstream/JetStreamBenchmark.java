package io.eventlane.benchmarks.jetstream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.eventlane.benchmarks.common.Application;
import io.eventlane.benchmarks.common.Command;
import io.eventlane.benchmarks.common.Fork;
import io.eventlane.benchmarks.common.ForkSettings;
import io.eventlane.benchmarks.common.Machine;
import io.eventlane.benchmarks.common.Outcome;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServers;
import io.nats.client.JetStreamApiException;

/** Starts a nats-server, fills the streams, measures the arms by turns, and prints a table. */
public final class JetStreamBenchmark {

    private static final int MAX_CONCURRENCY = 1_024;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Options options;
    private final NatsServer server;
    private final Streams streams;
    private final Fork fork;
    private final Report report = new Report();

    private JetStreamBenchmark(Options options, NatsServer server, Streams streams) {
        this.options = options;
        this.server = server;
        this.streams = streams;
        this.fork = new Fork(options.jvmOptions());
    }

    /**
     * @param args the directories of the packaged applications, then what {@link Options#USAGE} tells
     */
    public static void main(String[] args) {
        Command.run(List.of(args), Options.USAGE, Options::parse, options -> run(options).isSound());
    }

    static Report run(Options options) {
        try (NatsServer server = NatsServer.start(); Streams streams = new Streams(server.url())) {
            JetStreamBenchmark benchmark = new JetStreamBenchmark(options, server, streams);
            benchmark.run();
            return benchmark.report;
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException("The server has refused a part of the benchmark itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in the middle of the benchmark", e);
        }
    }

    private void run() throws IOException, JetStreamApiException, InterruptedException {
        System.out.println(Machine.describe("nats-server " + NatsServers.standard().version() + "; "
                + versions(options.application()) + "; quarkus-messaging-nats-jetstream "
                + options.peer().versionOf("io.quarkiverse.reactivemessaging.nats-jetstream.quarkus-messaging-nats-jetstream")
                + " with " + versions(options.peer())));
        for (StreamSpec stream : options.plan().toFill(options.arms())) {
            System.out.printf("filling %s%n", stream.name());
            streams.fill(stream);
        }
        for (int round = 1; round <= options.plan().rounds(); round++) {
            for (Scenario scenario : options.plan().scenarios()) {
                for (Arm arm : Plan.turns(round, scenario, options.arms())) {
                    measure(round, scenario, arm);
                }
            }
        }
        System.out.println(report.table());
        if (!report.isSound()) {
            System.out.println("FAILED: Eventlane lost messages or their order, or did not acknowledge them.");
        }
    }

    private static String versions(Application application) {
        return "Quarkus " + application.versionOf("io.quarkus.quarkus-core") + ", jnats "
                + application.versionOf("io.nats.jnats");
    }

    private void measure(int round, Scenario scenario, Arm arm)
            throws IOException, JetStreamApiException, InterruptedException {
        StreamSpec stream = options.plan().stream(scenario, arm);
        Outcome outcome = arm.publishes() ? publish(scenario, arm, stream)
                : consume("round-" + round + "-" + arm + "-" + scenario.handlerMillis(), scenario, arm, stream);
        System.out.printf("round %d of %d: %s: %s: %,.0f records/s%n", round, options.plan().rounds(), scenario.title(),
                arm.title(), outcome.recordsPerSecond());
    }

    private Outcome publish(Scenario scenario, Arm arm, StreamSpec stream)
            throws IOException, JetStreamApiException, InterruptedException {
        streams.create(stream);
        Outcome outcome = fork("publishers", scenario, arm, stream).with(streams.check(stream));
        streams.delete(stream);
        report.add(scenario, arm, outcome, 0);
        return outcome;
    }

    private Outcome consume(String group, Scenario scenario, Arm arm, StreamSpec stream)
            throws IOException, JetStreamApiException {
        if (!arm.isOfEventlane()) {
            streams.createConsumer(stream, group);
        }
        Outcome outcome = fork(group, scenario, arm, stream);
        report.add(scenario, arm, outcome, streams.endConsumer(stream, group));
        return outcome;
    }

    private Outcome fork(String group, Scenario scenario, Arm arm, StreamSpec stream) {
        ForkSettings settings = new ForkSettings(arm.name(), server.url(), server.pid(), stream.name(), group, stream.records(),
                stream.keys(),
                stream.bytes(), options.plan().warmUp(stream), scenario.handlerMillis(), MAX_CONCURRENCY, TIMEOUT);
        return arm.isOfPeer() ? fork.run(options.peer(), settings, PeerProperties.of(arm, scenario, settings))
                : fork.run(options.application(), settings, List.of("quarkus.eventlane.enabled=" + arm.isOfEventlane(),
                        "quarkus.eventlane.incoming.consumed.topic=" + (arm.publishes() ? "nothing" : stream.name())));
    }
}
