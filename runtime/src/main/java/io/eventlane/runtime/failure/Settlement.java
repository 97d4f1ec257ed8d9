package io.eventlane.runtime.failure;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/** What a failed event is settled by, instead of by its handler. The record keeps it over its attempts. */
@FunctionalInterface
interface Settlement {

    /**
     * Called on a worker.
     *
     * @return what the event is done with; {@code null} when it is done already
     * @throws Exception when it could not be settled now: it is tried again
     */
    @Nullable
    CompletionStage<?> settle() throws Exception;
}
