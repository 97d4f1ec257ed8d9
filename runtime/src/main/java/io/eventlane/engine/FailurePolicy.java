package io.eventlane.engine;

/**
 * Decides what the lane of a failed record does.
 *
 * @param <R> the record
 */
@FunctionalInterface
public interface FailurePolicy<R> {

    /**
     * Called on the thread on which the record failed; must not block.
     *
     * @param attempt which attempt failed, from 1
     * @param failure what the handler threw, or what its stage completed with
     */
    Verdict judge(R record, int attempt, Throwable failure);
}
