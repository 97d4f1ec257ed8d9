package io.eventlane.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the demo is run.
 *
 * @param connector what the application runs on
 * @param events how many events are published
 * @param keys over how many orders they are spread
 * @param partitions of the topics
 * @param sabotage {@code loss} or {@code order}: what the application is told to break
 * @param kill whether the application is killed in the middle and started again
 * @param chosen the packaged application, where it is not the quickstart that was built for the broker
 */
record Options(Connector connector, int events, int keys, int partitions, Optional<String> sabotage, boolean kill,
        Optional<Path> chosen) {

    static final String USAGE = """
            Usage: ./dev demo [--jetstream|--memory] [--events=100000] [--keys=5000] [--partitions=4] [--kill]
                              [--break=loss|--break=order]
              --jetstream   run on a nats-server with JetStream instead of a Kafka broker
              --memory      run without a broker, in the application's memory
              --events      how many events are published
              --keys        over how many orders they are spread
              --partitions  how many partitions the topics have; more than 1 take nats-server 2.10 or newer;
                            in memory there are none
              --kill        kill -9 the application in the middle, start it again, and go on
              --break       make the application lose events, or publish some out of order: the checker has to notice
              --application what is run, instead of the packaged quickstart: a quarkus-run.jar or a native executable""";

    /** What the quickstart is built for. */
    enum Connector {

        KAFKA("quickstart/target/quarkus-app"),
        JETSTREAM("demo/target/quickstart-on-jetstream"),
        MEMORY("demo/target/quickstart-in-memory");

        private final String directory;

        Connector(String directory) {
            this.directory = directory;
        }
    }

    private static final List<String> SABOTAGES = List.of("loss", "order");

    /**
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static Options parse(String[] args) {
        Options options = new Options(Connector.KAFKA, 100_000, 5_000, 4, Optional.empty(), false, Optional.empty());
        for (String arg : args) {
            options = options.with(arg);
        }
        if (options.kill && options.connector == Connector.MEMORY) {
            throw new IllegalArgumentException("--kill: not with --memory, where the events die with the application");
        }
        if (!Files.isRegularFile(options.application())) {
            throw new IllegalArgumentException("There is no " + options.application() + ": ./dev demo builds it");
        }
        return options;
    }

    /** The packaged application: the {@code quarkus-run.jar}, or a native executable. */
    Path application() {
        return chosen.orElse(Path.of(connector.directory, "quarkus-run.jar"));
    }

    private Options with(String arg) {
        String[] parts = arg.split("=", 2);
        String value = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "--jetstream" -> new Options(Connector.JETSTREAM, events, keys, partitions, sabotage, kill, chosen);
            case "--memory" -> new Options(Connector.MEMORY, events, keys, partitions, sabotage, kill, chosen);
            case "--events" -> new Options(connector, positive(arg, value), keys, partitions, sabotage, kill, chosen);
            case "--keys" -> new Options(connector, events, positive(arg, value), partitions, sabotage, kill, chosen);
            case "--partitions" -> new Options(connector, events, keys, positive(arg, value), sabotage, kill, chosen);
            case "--break" -> new Options(connector, events, keys, partitions, Optional.of(sabotage(value)), kill, chosen);
            case "--kill" -> new Options(connector, events, keys, partitions, sabotage, true, chosen);
            case "--application" ->
                new Options(connector, events, keys, partitions, sabotage, kill, Optional.of(Path.of(value)));
            default -> throw new IllegalArgumentException("Unknown argument " + arg);
        };
    }

    private static int positive(String arg, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with what is not positive.
        }
        throw new IllegalArgumentException(arg + ": expected a number greater than 0");
    }

    private static String sabotage(String value) {
        if (!SABOTAGES.contains(value)) {
            throw new IllegalArgumentException("--break=" + value + ": expected one of " + SABOTAGES);
        }
        return value;
    }
}
