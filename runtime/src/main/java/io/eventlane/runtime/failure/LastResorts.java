package io.eventlane.runtime.failure;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.eventlane.engine.RetryPolicy;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.FailureHandler;
import io.eventlane.spi.FailureHandler.Action;
import io.eventlane.spi.FailureHandler.Failure;
import io.eventlane.spi.InboundRecord;

/** The built-in strategies. */
final class LastResorts {

    private LastResorts() {
    }

    /** {@code park}: it is tried again at the longest delay, without end. */
    static LastResort park(RetryPolicy retry) {
        return (record, attempts, cause) -> new Verdict.Park(retry.longestDelay());
    }

    /** {@code fail}: no more of the partition is consumed. */
    static LastResort fail() {
        return (record, attempts, cause) -> new Verdict.Halt();
    }

    /** {@code ignore}: it counts as handled. */
    static LastResort ignore() {
        return (record, attempts, cause) -> settle(record, () -> null);
    }

    /** {@code dead-letter-queue}: it is done when the dead-letter topic has it. */
    static LastResort deadLetter(DeadLetterQueue queue) {
        return (record, attempts, cause) -> settle(record, queue.letter(record, cause));
    }

    /**
     * {@code delayed-retry-topic}: it goes from one topic to the next, and then where {@code last} says. What is not
     * worth another attempt goes there at once.
     */
    static LastResort delayedRetry(DelayedRetries retries, Retryable retryable, LastResort last) {
        return (record, attempts, cause) -> {
            FailedEvent event = retries.event(record);
            FailureTopic next = retryable.test(cause) ? retries.after(event.retries()) : null;
            return next == null ? last.judge(record, attempts, cause)
                    : settle(record, next.letter(event, cause, event.retries() + 1));
        };
    }

    /** The application decides: on a worker, since it may block. */
    static LastResort ask(FailureHandler handler, String channel, RetryPolicy retry, @Nullable DeadLetterQueue queue) {
        return (record, attempts, cause) -> {
            Object unfinished = record.kept();
            return settle(record, () -> {
                Action action = handler.onFailure(new Failure(channel, record, attempts, cause));
                return switch (action) {
                    case IGNORE -> null;
                    case DEAD_LETTER -> letter(record, cause, channel, queue);
                    case RETRY -> throw decided(record, unfinished, cause, new Verdict.Park(retry.longestDelay()));
                    case FAIL -> throw decided(record, unfinished, cause, new Verdict.Halt());
                };
            });
        };
    }

    /** From then on the record is settled by its letter: the application is not asked again when that cannot be sent. */
    private static @Nullable CompletionStage<?> letter(InboundRecord record, Throwable cause, String channel,
            @Nullable DeadLetterQueue queue) throws Exception {
        if (queue == null) {
            throw new IllegalStateException("there is no dead-letter topic for channel '" + channel
                    + "': set quarkus.eventlane.incoming." + channel + ".dead-letter-queue.topic");
        }
        Settlement letter = queue.letter(record, cause);
        record.keep(letter);
        return letter.settle();
    }

    /** The next run is the application's again, and goes on where its last one ended. */
    private static Decided decided(InboundRecord record, @Nullable Object unfinished, Throwable cause, Verdict verdict) {
        record.keep(unfinished);
        return new Decided(cause, verdict);
    }

    private static Verdict settle(InboundRecord record, Settlement settlement) {
        record.keep(settlement);
        return new Verdict.Settle();
    }

    /** Carries the application's decision to the policy. */
    static final class Decided extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Verdict verdict;

        private Decided(Throwable cause, Verdict verdict) {
            super(cause.toString(), cause, false, false);
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }

        /** Who reads of it wants to know what failed. */
        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
