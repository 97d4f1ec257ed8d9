package io.eventlane.engine;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/** A record whose handler has returned waits for the stage that says how it ended. */
final class AwaitedStage<R> extends Wait<R> implements BiConsumer<Object, Throwable> {

    private final Outcomes<R> outcomes;

    AwaitedStage(Entry<R> entry, Workers<R> workers, Outcomes<R> outcomes) {
        super(entry, workers);
        this.outcomes = outcomes;
    }

    @Override
    @Nullable
    Verdict verdict() {
        return null;
    }

    /** To be called once the lane has been given up to this wait. */
    void listenTo(CompletionStage<?> stage) {
        stage.whenComplete(this);
    }

    /** The stage is complete. When the wait has been ended before, the outcome comes too late to matter. */
    @Override
    public void accept(@Nullable Object ignored, @Nullable Throwable failure) {
        if (!entry.lane.resume(this)) {
            return;
        }
        if (failure == null) {
            outcomes.done(this);
        } else {
            outcomes.failed(this, failure instanceof CompletionException && failure.getCause() != null ? failure.getCause()
                    : failure);
        }
    }
}
