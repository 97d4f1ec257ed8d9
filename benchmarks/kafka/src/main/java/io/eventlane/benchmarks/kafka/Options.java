package io.eventlane.benchmarks.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.eventlane.benchmarks.common.Application;
import io.eventlane.benchmarks.common.Arguments;

/**
 * The command line.
 *
 * @param jvmOptions for every measured JVM, after the usual ones
 */
record Options(Application application, Plan plan, List<Arm> arms, List<String> jvmOptions) {

    static final String USAGE = """
            ./dev bench kafka [--quick] [--rounds=<n>] [--arms=<name>,...] [--handler-millis=<n>,...] [--keys=<n>,...]
                              [--jvm=<option>]...
              --quick           one round with few records
              --rounds          how often each arm runs in each scenario; the table shows medians
              --arms            of %s
              --handler-millis  for how long the handlers park; 0 for handlers that only count
              --keys            how many keys the records are spread over
              --jvm             another option for every measured JVM, such as -XX:+UseParallelGC
            """.formatted(Arguments.names(Arm.class));

    private static final Set<String> KNOWN = Set.of("--quick", "--rounds=", "--arms=", "--handler-millis=", "--keys=",
            "--jvm=");

    /**
     * @param arguments the directory of the packaged application, then what {@link #USAGE} tells
     * @throws IllegalArgumentException with what is wrong
     */
    static Options parse(List<String> arguments) {
        Arguments options = new Arguments(arguments.subList(1, arguments.size()), KNOWN);
        boolean quick = options.has("--quick");
        List<Integer> handlerMillis = options.list("--handler-millis=", Integer::valueOf, List.of(0, 5));
        List<Integer> keys = options.list("--keys=", Integer::valueOf, quick ? List.of(1_000) : List.of(1_000, 10_000));
        Plan plan = new Plan(scenarios(handlerMillis, keys), options.number("--rounds=", quick ? 1 : 3), quick ? 0.25 : 1);
        return new Options(new Application(Path.of(arguments.getFirst())), plan,
                options.constants("--arms=", Arm.class, List.of(Arm.values())), options.all("--jvm="));
    }

    private static List<Scenario> scenarios(List<Integer> handlerMillis, List<Integer> keys) {
        return handlerMillis.stream()
                .flatMap(millis -> keys.stream().map(count -> new Scenario(millis, count)))
                .toList();
    }
}
