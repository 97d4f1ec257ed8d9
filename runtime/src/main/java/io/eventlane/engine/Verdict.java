package io.eventlane.engine;

import java.time.Duration;

/** What a {@link FailurePolicy} has decided about a record that failed: in each case the record keeps its place in its lane. */
public sealed interface Verdict {

    /**
     * It runs again after the delay.
     *
     * @param delay greater than 0
     */
    record Retry(Duration delay) implements Verdict {
    }

    /**
     * It has used up its attempts, and is tried again after the delay, without end: it is said to be parked.
     *
     * @param delay greater than 0
     */
    record Park(Duration delay) implements Verdict {
    }

    /**
     * It was not tried at all: it runs after the delay, and this run does not count as an attempt. Nobody is told.
     *
     * @param delay greater than 0
     */
    record Postpone(Duration delay) implements Verdict {
    }

    /** Its handler is called once more at once, to settle it in another way than by running. */
    record Settle() implements Verdict {
    }

    /** It does not run again in this assignment, and the source takes no more of its partition. */
    record Halt() implements Verdict {
    }
}
