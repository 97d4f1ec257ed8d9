package io.eventlane.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the demo is run.
 *
 * @param events how many events are published
 * @param keys over how many orders they are spread
 * @param partitions of the topics
 * @param sabotage {@code loss} or {@code order}: what the application is told to break
 * @param kill whether the application is killed in the middle and started again
 * @param application the packaged application: the {@code quarkus-run.jar}, or a native executable
 */
record Options(int events, int keys, int partitions, Optional<String> sabotage, boolean kill, Path application) {

    static final String USAGE = """
            Usage: ./dev demo [--events=100000] [--keys=5000] [--partitions=4] [--kill] [--break=loss|--break=order]
              --events      how many events are published
              --keys        over how many orders they are spread
              --partitions  how many partitions the topics have
              --kill        kill -9 the application in the middle, start it again, and go on
              --break       make the application lose events, or publish some out of order: the checker has to notice
              --application what is run, instead of the packaged quickstart: a quarkus-run.jar or a native executable""";

    private static final List<String> SABOTAGES = List.of("loss", "order");

    /**
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    static Options parse(String[] args) {
        Options options = new Options(100_000, 5_000, 4, Optional.empty(), false,
                Path.of("quickstart/target/quarkus-app/quarkus-run.jar"));
        for (String arg : args) {
            options = options.with(arg);
        }
        if (!Files.isRegularFile(options.application)) {
            throw new IllegalArgumentException("There is no " + options.application + ": ./dev demo builds it");
        }
        return options;
    }

    private Options with(String arg) {
        String[] parts = arg.split("=", 2);
        String value = parts.length == 2 ? parts[1] : "";
        return switch (parts[0]) {
            case "--events" -> new Options(positive(arg, value), keys, partitions, sabotage, kill, application);
            case "--keys" -> new Options(events, positive(arg, value), partitions, sabotage, kill, application);
            case "--partitions" -> new Options(events, keys, positive(arg, value), sabotage, kill, application);
            case "--application" -> new Options(events, keys, partitions, sabotage, kill, Path.of(value));
            case "--break" -> new Options(events, keys, partitions, Optional.of(sabotage(value)), kill, application);
            case "--kill" -> new Options(events, keys, partitions, sabotage, true, application);
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
