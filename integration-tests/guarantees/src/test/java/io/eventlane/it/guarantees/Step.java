package io.eventlane.it.guarantees;

/**
 * Something that is done while events flow.
 *
 * @param atMillis how long after the first event
 * @param process which process of the group, from 1; 0 for the broker
 */
record Step(int atMillis, What what, int process) implements Comparable<Step> {

    enum What {
        JOIN("starts"),
        LEAVE("gets SIGTERM"),
        KILL("gets SIGKILL"),
        FREEZE("gets SIGSTOP"),
        THAW("gets SIGCONT"),
        /** A broker that was killed. */
        RESTART("starts again"),
        /** Every connection, once. */
        RESET("loses its connections"),
        /** What is sent either way is held back. */
        STALL("is cut off"),
        RESUME("is in reach again"),
        /** All that the group has. */
        DELETE("loses its consumers"),
        STEP_DOWN("gets other leaders");

        private final String text;

        What(String text) {
            this.text = text;
        }
    }

    @Override
    public int compareTo(Step other) {
        return Integer.compare(atMillis, other.atMillis);
    }

    @Override
    public String toString() {
        return "at %,7d ms %s %s".formatted(atMillis, process == 0 ? "the broker" : "process " + process, what.text);
    }
}
