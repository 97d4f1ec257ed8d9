package io.eventlane.engine;

import java.time.Duration;

/** For tests in which nothing goes wrong but what the handlers do on purpose. */
final class FailOnTrouble<R> implements DispatcherListener<R> {

    @Override
    public void onFailure(R record, int attempt, Throwable failure, Verdict verdict) {
        // a handler's own doing
    }

    @Override
    public void onStarvation(Duration unmounted) {
        throw new AssertionError("no carrier for " + unmounted);
    }

    @Override
    public void onRefusedStart(Throwable refusal) {
        throw new AssertionError(refusal);
    }
}
