package io.eventlane.runtime.failure;

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
        return (record, attempts, cause) -> settle(record, delivery -> {
        });
    }

    /**
     * {@code dead-letter-queue}: it is done when the dead-letter topic has it.
     *
     * @param quarantine takes the key, so that later events of it follow; {@code null} where they are handled
     */
    static LastResort deadLetter(FailureTopic topic, @Nullable Quarantine quarantine) {
        return (record, attempts, cause) -> {
            if (quarantine != null) {
                quarantine.add(record, record.position() + " failed: " + cause);
            }
            return settle(record, topic.letter(record, cause, DeadLetterHeaders.retries(record)));
        };
    }

    /** {@code delayed-retry-topic}: it goes from one topic to the next, and then where {@code last} says. */
    static LastResort delayedRetry(DelayedRetries retries, LastResort last) {
        return (record, attempts, cause) -> {
            int before = DeadLetterHeaders.retries(record);
            FailureTopic next = retries.after(before);
            return next == null ? last.judge(record, attempts, cause) : settle(record, next.letter(record, cause, before + 1));
        };
    }

    /** The application decides: on a worker, since it may block. */
    static LastResort ask(FailureHandler handler, String channel, RetryPolicy retry, @Nullable LastResort deadLetter) {
        return (record, attempts, cause) -> settle(record, delivery -> {
            Action action = handler.onFailure(new Failure(channel, record, attempts, cause));
            record.keep(null);
            throw new Decided(cause, switch (action) {
                case RETRY -> new Verdict.Park(retry.longestDelay());
                case FAIL -> new Verdict.Halt();
                case IGNORE -> ignore().judge(record, attempts, cause);
                case DEAD_LETTER -> {
                    if (deadLetter == null) {
                        throw new IllegalStateException("there is no dead-letter topic for channel '" + channel
                                + "': set quarkus.eventlane.incoming." + channel + ".dead-letter-queue.topic");
                    }
                    yield deadLetter.judge(record, attempts, cause);
                }
            });
        });
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
    }
}
