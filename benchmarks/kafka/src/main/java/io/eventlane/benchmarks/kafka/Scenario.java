package io.eventlane.benchmarks.kafka;

/**
 * What every arm is measured with.
 *
 * @param handlerMillis for which every handler parks; 0 for a handler that only counts
 * @param keys that the records are spread over
 */
record Scenario(int handlerMillis, int keys) {

    String title() {
        String handlers = handlerMillis == 0 ? "Handlers that only count" : "Handlers that park for " + handlerMillis + " ms";
        return String.format("%s, %,d keys", handlers, keys);
    }

    boolean parks() {
        return handlerMillis > 0;
    }
}
