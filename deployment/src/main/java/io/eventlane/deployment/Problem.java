package io.eventlane.deployment;

import java.util.Comparator;

import org.jboss.jandex.MethodInfo;

/**
 * A broken rule.
 *
 * @param where {@code com.acme.Orders#onOrder}, or the name of a property
 * @param what what is wrong there
 * @param mend how to put it right
 */
record Problem(Rule rule, String where, String what, String mend) implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::where)
            .thenComparing(Problem::rule)
            .thenComparing(Problem::what);

    static Problem of(Rule rule, MethodInfo method, String what, String mend) {
        return new Problem(rule, describe(method), what, mend);
    }

    static String describe(MethodInfo method) {
        return method.declaringClass().name() + "#" + method.name();
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return rule.id() + " " + where + ": " + what + ". " + mend + ".";
    }
}
