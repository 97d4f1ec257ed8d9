package io.eventlane.engine;

/** Which records of a partition wait for each other. */
public enum Ordering {
    /** Those of the same key; records without a key wait for nobody. */
    KEY,
    /** All of them. */
    PARTITION,
    /** None. */
    UNORDERED
}
