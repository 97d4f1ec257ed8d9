package io.eventlane.jetstream;

import java.util.Collection;

/** Subjects with wildcards: {@code *} is any one token, {@code >} at the end is one or more. */
final class Subjects {

    private Subjects() {
    }

    /** Whether one of the patterns takes everything that the subject, which may be a pattern too, takes. */
    static boolean cover(Collection<String> patterns, String subject) {
        return patterns.stream().anyMatch(pattern -> covers(pattern, subject));
    }

    private static boolean covers(String pattern, String subject) {
        String[] wide = pattern.split("\\.");
        String[] narrow = subject.split("\\.");
        for (int i = 0; i < wide.length; i++) {
            if (i >= narrow.length) {
                return false;
            }
            if (wide[i].equals(">")) {
                return true;
            }
            boolean takes = wide[i].equals("*") ? !narrow[i].equals(">") : wide[i].equals(narrow[i]);
            if (!takes) {
                return false;
            }
        }
        return wide.length == narrow.length;
    }

    /** Whether there is a subject that both patterns take. */
    static boolean overlap(String one, String other) {
        String[] a = one.split("\\.");
        String[] b = other.split("\\.");
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i].equals(">") || b[i].equals(">")) {
                return true;
            }
            if (!a[i].equals("*") && !b[i].equals("*") && !a[i].equals(b[i])) {
                return false;
            }
        }
        return a.length == b.length;
    }
}
