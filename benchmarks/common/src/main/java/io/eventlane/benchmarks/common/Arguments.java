package io.eventlane.benchmarks.common;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command line of options such as {@code --quick} and {@code --rounds=3}. */
public final class Arguments {

    private final List<String> arguments;

    /**
     * @param known the options that there are, with the {@code =} of those that take a value
     * @throws IllegalArgumentException when one is not known
     */
    public Arguments(List<String> arguments, Set<String> known) {
        for (String argument : arguments) {
            if (!known.contains(argument.substring(0, argument.indexOf('=') + 1)) && !known.contains(argument)) {
                throw new IllegalArgumentException("Not an option: " + argument);
            }
        }
        this.arguments = arguments;
    }

    /** Whether an option without a value is there. */
    public boolean has(String option) {
        return arguments.contains(option);
    }

    /** The values of an option that may stand several times. */
    public List<String> all(String option) {
        return arguments.stream().filter(argument -> argument.startsWith(option))
                .map(argument -> argument.substring(option.length())).toList();
    }

    /** The values of an option, which it has with commas between. */
    public <T> List<T> list(String option, Function<String, T> parser, List<T> otherwise) {
        List<String> values = all(option);
        return values.isEmpty() ? otherwise : Stream.of(values.getLast().split(",")).map(parser).toList();
    }

    public int number(String option, int otherwise) {
        return list(option, Integer::valueOf, List.of(otherwise)).getLast();
    }

    /** Constants of an enum by their {@linkplain #name names}, or by what those of several begin with before a dash. */
    public <E extends Enum<E>> List<E> constants(String option, Class<E> type, List<E> otherwise) {
        return list(option, value -> constants(value, type), List.of(otherwise)).stream().flatMap(List::stream).toList();
    }

    private static <E extends Enum<E>> List<E> constants(String value, Class<E> type) {
        List<E> all = List.of(type.getEnumConstants());
        List<E> exact = all.stream().filter(each -> name(each).equals(value)).toList();
        List<E> found = exact.isEmpty() ? all.stream().filter(each -> name(each).startsWith(value + "-")).toList() : exact;
        if (found.isEmpty()) {
            throw new IllegalArgumentException(value + " is not one of " + names(type));
        }
        return found;
    }

    /** How constants are called on a command line, with commas between. */
    public static String names(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Arguments::name).collect(Collectors.joining(", "));
    }

    /** How a constant is called on a command line. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
