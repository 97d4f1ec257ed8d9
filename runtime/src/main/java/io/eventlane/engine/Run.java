package io.eventlane.engine;

import java.util.concurrent.CompletionStage;

/** One run of the handler, as the engine knows it. Safe for any thread. */
public interface Run {

    /** 1 for the first run of this record, 2 for its first retry. */
    int attempt();

    /** Whether the assignment that the record came with was taken away while the handler runs. */
    boolean isRevoked();

    /**
     * Has the record wait, without a thread, until the stage completes: normally means done, exceptionally means
     * failed. Called by the handler's thread at most once in a run, before the handler returns; the call does not count
     * if the handler throws. What waits so counts neither as running nor, with what queues behind it, as held.
     */
    void doneWhen(CompletionStage<?> stage);
}
