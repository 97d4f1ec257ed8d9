package io.eventlane.engine;

/**
 * What a dispatcher runs for each record. It may block: it runs on a worker's thread, and no other record of its key
 * runs before it has returned.
 *
 * @param <R> the record
 */
@FunctionalInterface
public interface RecordHandler<R> {

    /**
     * Returning means that the record is done, unless {@link Run#doneWhen} was called. Throwing, be it an exception or
     * an error, means that it failed: it stays where it is in its lane, and the {@link FailurePolicy} says what for.
     */
    void handle(R record, Run run) throws Throwable;
}
