package io.eventlane.benchmarks.jetstream;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.eventlane.benchmarks.common.Application;
import io.eventlane.benchmarks.common.Arguments;
import io.eventlane.benchmarks.common.Keys;

/**
 * The command line.
 *
 * @param application with the arms of the bare client and of Eventlane
 * @param peer with those of the peer
 * @param jvmOptions for every measured JVM, after the usual ones
 */
record Options(Application application, Application peer, Plan plan, List<Arm> arms, List<String> jvmOptions) {

    static final String USAGE = """
            ./dev bench jetstream [--quick] [--rounds=<n>] [--arms=<name>,...] [--messages=<n>] [--bytes=<n>,...]
                                  [--handler-millis=<n>,...] [--keys=<n>,...] [--jvm=<option>]...
              --quick           one round with few messages
              --rounds          how often each arm runs in each scenario; the table shows medians
              --arms            of %s;
                                or what several begin with, such as publish or consume-bare
              --messages        how many every arm gets; without it, each gets what keeps it busy for some seconds
              --bytes           how long the payloads are, at least 12; handlers that park get the first length alone
              --handler-millis  for how long the handlers park; 0 for handlers that only count
              --keys            how many keys the messages are spread over; 1000-zipf: few of them have most messages;
                                those that are published have the last of these
              --jvm             another option for every measured JVM, such as -XX:+UseParallelGC
            """.formatted(Arguments.names(Arm.class));

    private static final Set<String> KNOWN = Set.of("--quick", "--rounds=", "--arms=", "--messages=", "--bytes=",
            "--handler-millis=", "--keys=", "--jvm=");

    /**
     * @param arguments the directories of the packaged applications, the peer's second, then what {@link #USAGE} tells
     * @throws IllegalArgumentException with what is wrong
     */
    static Options parse(List<String> arguments) {
        Arguments options = new Arguments(arguments.subList(2, arguments.size()), KNOWN);
        boolean quick = options.has("--quick");
        List<Integer> bytes = options.list("--bytes=", Integer::valueOf, List.of(100));
        List<Integer> millis = options.list("--handler-millis=", Integer::valueOf, List.of(0, 5));
        List<Keys> keys = options.list("--keys=", Keys::parse, quick ? List.of(Keys.of(10_000))
                : List.of(new Keys(1_000, true), Keys.of(10_000)));
        Plan plan = new Plan(scenarios(bytes, millis, keys), options.number("--rounds=", quick ? 1 : 3), quick ? 0.1 : 1,
                options.number("--messages=", 0));
        return new Options(new Application(Path.of(arguments.get(0))), new Application(Path.of(arguments.get(1))), plan,
                options.constants("--arms=", Arm.class, List.of(Arm.values())), options.all("--jvm="));
    }

    private static List<Scenario> scenarios(List<Integer> bytes, List<Integer> millis, List<Keys> keys) {
        List<Scenario> scenarios = new ArrayList<>();
        for (int length : bytes) {
            scenarios.add(Scenario.publishing(length, keys.getLast()));
        }
        for (int parked : millis) {
            for (int length : parked == 0 ? bytes : bytes.subList(0, 1)) {
                keys.forEach(each -> scenarios.add(Scenario.consuming(length, each, parked)));
            }
        }
        return scenarios;
    }
}
