package io.eventlane.engine;

/** One run of the handler, as the engine knows it. Safe for any thread. */
public interface Run {

    /** 1 for the first run of this record, 2 for its first retry. */
    int attempt();

    /** Whether the assignment that the record came with was taken away while the handler runs. */
    boolean isRevoked();
}
