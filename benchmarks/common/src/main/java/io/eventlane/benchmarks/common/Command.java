package io.eventlane.benchmarks.common;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a benchmark does with its command line. */
public final class Command {

    private Command() {
    }

    /**
     * Runs a benchmark and ends this process: with 0 when all is well, with 1 when the measured has broken a promise, with 2
     * when the command line is not understood.
     *
     * @param parser of the command line, which throws an {@link IllegalArgumentException} that says what is wrong
     * @param benchmark returns whether all is well
     */
    public static <T> void run(List<String> arguments, String usage, Function<List<String>, T> parser,
            Predicate<T> benchmark) {
        if (arguments.contains("--help")) {
            System.out.print(usage);
            return;
        }
        T options;
        try {
            options = parser.apply(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + usage);
            System.exit(2);
            return;
        }
        System.exit(benchmark.test(options) ? 0 : 1);
    }
}
