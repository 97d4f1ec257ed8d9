package io.eventlane.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

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

    /** Called for each record: nothing is allocated on the way. */
    static <R> Consumer<R> consumer(Consumer<? super R> foreign) {
        return value -> {
            try {
                foreign.accept(value);
            } catch (Throwable thrown) {
                uncaught(thrown);
            }
        };
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

    /** Where the policy throws itself, or decides nothing, the record is parked. */
    static <R> FailurePolicy<R> policy(FailurePolicy<? super R> foreign) {
        return (record, attempt, failure) -> {
            try {
                return Objects.requireNonNull(foreign.judge(record, attempt, failure), "no verdict");
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
        try {
            thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
        } catch (Throwable ignored) {
            // as the virtual machine does
        }
    }
}
