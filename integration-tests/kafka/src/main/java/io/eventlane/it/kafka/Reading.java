package io.eventlane.it.kafka;

import java.time.Instant;
import java.util.Map;

/** A payload with a type inside it that no handler names. */
record Reading(String sensor, Instant at, Map<String, Value> values) {

    record Value(double number, Unit unit) {
    }

    enum Unit {
        CELSIUS,
        PERCENT
    }
}
