package io.eventlane.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the demo is run.
 *
 * @param jetStream whether on NATS JetStream, instead of Kafka
 * @param events how many events are published
 * @param keys over how many orders they are spread
 * @param partitions of the topics
 * @param sabotage {@code loss} or {@code order}: what the application is told to break
 * @param kill whether the application is killed in the middle and started again
 * @param chosen the packaged application, where it is not the quickstart that was built for the broker
 */
record Options(boolean jetStream, int events, int keys, int partitions, Optional<String> sabotage, boolean kill,
        Optional<Path> chosen) {

    static final String USAGE = """
            Usage: ./dev demo [--jetstream] [--events=100000] [--keys=5000] [--partitions=4] [--kill]
                              [--break=loss|--break=order]
              --jetstream   run on a nats-server with JetStream instead of a Kafka broker
              --events      how many events are published
              --keys        over how many orders they are spread
              --partitions  how many partitions the topics have; more than 1 take nats-server 2.10 or newer
              --kill        kill -9 the application in the middle, start it again, and go on
              --break       make the application lose events, or publish some out of order: the checker has to notice
              --application what is run, instead of the packaged quickstart: a quarkus-run.jar or a native executable""";

    private static final List<String> SABOTAGES = List.of("loss", "order");

    /**
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static Options parse(String[] args) {
        Options options = new Options(false, 100_000, 5_000, 4, Optional.empty(), false, Optional.empty());
        for (String arg : args) {
            options = options.with(arg);
        }
        if (!Files.isRegularFile(options.application())) {
            throw new IllegalArgumentException("There is no " + options.application() + ": ./dev demo builds it");
        }
        return options;
    }

    /** The packaged application: the {@code quarkus-run.jar}, or a native executable. */
    Path application() {
        return chosen.orElse(Path.of(jetStream ? "demo/target/quickstart-on-jetstream" : "quickstart/target/quarkus-app",
                "quarkus-run.jar"));
    }

    private Options with(String arg) {
        String[] parts = arg.split("=", 2);
        String value = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "--jetstream" -> new Options(true, events, keys, partitions, sabotage, kill, chosen);
            case "--events" -> new Options(jetStream, positive(arg, value), keys, partitions, sabotage, kill, chosen);
            case "--keys" -> new Options(jetStream, events, positive(arg, value), partitions, sabotage, kill, chosen);
            case "--partitions" -> new Options(jetStream, events, keys, positive(arg, value), sabotage, kill, chosen);
            case "--break" -> new Options(jetStream, events, keys, partitions, Optional.of(sabotage(value)), kill, chosen);
            case "--kill" -> new Options(jetStream, events, keys, partitions, sabotage, true, chosen);
            case "--application" ->
                new Options(jetStream, events, keys, partitions, sabotage, kill, Optional.of(Path.of(value)));
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
