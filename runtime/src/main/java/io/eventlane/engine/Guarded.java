package io.eventlane.engine;

import java.time.Duration;

/**
 * Keeps what foreign code throws out of the engine's threads, where it would leave a lane without a holder: it goes
 * to the uncaught-exception handler of the thread.
 */
final class Guarded {

    private static final Duration WITHOUT_VERDICT = Duration.ofSeconds(30);

    private Guarded() {
    }

    static Runnable runnable(Runnable foreign) {
        return () -> call(foreign);
    }

    static <R> DispatcherListener<R> listener(DispatcherListener<R> foreign) {
        return new DispatcherListener<>() {

            @Override
            public void onFailure(R record, int attempt, Throwable failure, Verdict verdict) {
                call(() -> foreign.onFailure(record, attempt, failure, verdict));
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

    /** What the policy throws itself parks the record. */
    static <R> FailurePolicy<R> policy(FailurePolicy<? super R> foreign) {
        return (record, attempt, failure) -> {
            try {
                return foreign.judge(record, attempt, failure);
            } catch (Throwable thrown) {
                uncaught(thrown);
                return new Verdict.Park(WITHOUT_VERDICT);
            }
        };
    }

    private static void call(Runnable foreign) {
        try {
            foreign.run();
        } catch (Throwable thrown) {
            uncaught(thrown);
        }
    }

    private static void uncaught(Throwable thrown) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }
}
