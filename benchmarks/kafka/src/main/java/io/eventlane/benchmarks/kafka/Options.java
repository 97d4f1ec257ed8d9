package io.eventlane.benchmarks.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line.
 *
 * @param application the directory of the packaged application
 * @param jvmOptions for every measured JVM, after the usual ones
 */
record Options(Path application, Plan plan, List<Arm> arms, List<String> jvmOptions) {

    static final String USAGE = """
            ./dev bench kafka [--quick] [--rounds=<n>] [--arms=<name>,...] [--handler-millis=<n>,...] [--keys=<n>,...]
                              [--jvm=<option>]...
              --quick           one round with few records
              --rounds          how often each arm runs in each scenario; the table shows medians
              --arms            of %s
              --handler-millis  for how long the handlers park; 0 for handlers that only count
              --keys            how many keys the records are spread over
              --jvm             another option for every measured JVM, such as -XX:+UseParallelGC
            """.formatted(Arrays.stream(Arm.values()).map(Options::name).collect(Collectors.joining(", ")));

    /**
     * @throws IllegalArgumentException with what is wrong
     */
    static Options parse(Path application, List<String> arguments) {
        boolean quick = arguments.contains("--quick");
        int rounds = quick ? 1 : 3;
        List<Arm> arms = List.of(Arm.values());
        List<Integer> handlerMillis = List.of(0, 5);
        List<Integer> keys = quick ? List.of(1_000) : List.of(1_000, 10_000);
        List<String> jvmOptions = new ArrayList<>();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            switch (argument.substring(0, argument.length() - value.length())) {
                case "--rounds=" -> rounds = Integer.parseInt(value);
                case "--arms=" -> arms = list(value, Options::arm);
                case "--handler-millis=" -> handlerMillis = list(value, Integer::valueOf);
                case "--keys=" -> keys = list(value, Integer::valueOf);
                case "--jvm=" -> jvmOptions.add(value);
                default -> {
                    if (!argument.equals("--quick")) {
                        throw new IllegalArgumentException("Not an option: " + argument);
                    }
                }
            }
        }
        return new Options(application, new Plan(scenarios(handlerMillis, keys), rounds, quick ? 0.25 : 1), arms, jvmOptions);
    }

    private static List<Scenario> scenarios(List<Integer> handlerMillis, List<Integer> keys) {
        return handlerMillis.stream()
                .flatMap(millis -> keys.stream().map(count -> new Scenario(millis, count)))
                .toList();
    }

    private static <T> List<T> list(String values, Function<String, T> parser) {
        return Stream.of(values.split(",")).map(parser).toList();
    }

    private static Arm arm(String name) {
        return Arrays.stream(Arm.values()).filter(arm -> name(arm).equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not an arm: " + name));
    }

    private static String name(Arm arm) {
        return arm.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
