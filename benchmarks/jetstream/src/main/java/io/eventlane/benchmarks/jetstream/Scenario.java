package io.eventlane.benchmarks.jetstream;

import io.eventlane.benchmarks.common.Keys;

/**
 * What the arms of one kind are measured with.
 *
 * @param publishing whether records are published; otherwise they are consumed
 * @param bytes of a record's payload
 * @param keys that the records are spread over
 * @param handlerMillis for which every handler parks; 0 for a handler that only counts
 */
record Scenario(boolean publishing, int bytes, Keys keys, int handlerMillis) {

    static Scenario publishing(int bytes, Keys keys) {
        return new Scenario(true, bytes, keys, 0);
    }

    static Scenario consuming(int bytes, Keys keys, int handlerMillis) {
        return new Scenario(false, bytes, keys, handlerMillis);
    }

    String title() {
        String what = publishing ? "Publishing"
                : parks() ? "Handlers that park for " + handlerMillis + " ms" : "Handlers that only count";
        return String.format("%s, %,d bytes, %s", what, bytes, keys.title());
    }

    boolean parks() {
        return handlerMillis > 0;
    }

    boolean isFor(Arm arm) {
        return arm.publishes() == publishing;
    }
}
