package io.eventlane.benchmarks.common;

/** How far a measured process is. Safe for any thread. */
public interface Progress {

    /** How many records it is done with. */
    long done();

    /** How many it is at now. */
    long running();
}
