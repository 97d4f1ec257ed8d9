package io.eventlane.engine;

import java.time.Duration;

/**
 * Keeps what foreign code throws out of the engine's threads, where it would leave a lane without a holder: it goes
 * to the uncaught-exception handler of the thread.
 */
final class Guarded {

    private Guarded() {
    }

    static Runnable runnable(Runnable foreign) {
        return () -> call(foreign);
    }

    static <R> DispatcherListener<R> listener(DispatcherListener<R> foreign) {
        return new DispatcherListener<>() {

            @Override
            public void onFailure(R record, int attempt, Throwable failure, Duration retryIn) {
                call(() -> foreign.onFailure(record, attempt, failure, retryIn));
            }

            @Override
            public void onStarvation(Duration unmounted) {
                call(() -> foreign.onStarvation(unmounted));
            }

            @Override
            public void onRefusedStart(Throwable refusal) {
                call(() -> foreign.onRefusedStart(refusal));
            }
        };
    }

    private static void call(Runnable foreign) {
        try {
            foreign.run();
        } catch (Throwable thrown) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        }
    }
}
