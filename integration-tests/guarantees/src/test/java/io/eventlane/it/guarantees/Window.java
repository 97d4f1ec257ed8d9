package io.eventlane.it.guarantees;

/**
 * A span of time, on the clock of {@link System#nanoTime}.
 *
 * @param from when what began may already have had an effect: read before it was done
 * @param to when it was over for sure: read after that was done
 */
record Window(long from, long to) {

    boolean touches(long begin, long end) {
        return begin <= to && end >= from;
    }
}
