package io.eventlane.benchmarks.engine;

/** How ready lanes get a thread. */
public enum Dispatch {
    /** The engine: a few threads drain all lanes. */
    KEYED_DISPATCHER,
    /** One virtual thread for each lane that has work. */
    THREAD_PER_LANE
}
