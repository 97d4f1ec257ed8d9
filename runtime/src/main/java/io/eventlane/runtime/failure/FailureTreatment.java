package io.eventlane.runtime.failure;

import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.eventlane.engine.FailurePolicy;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/**
 * What a channel does with events that fail, as handler around the application's and as policy for the engine.
 * <p>
 * The policy decides, without blocking. Where an event is to be settled in another way than by its handler, it leaves a
 * {@link Settlement} with the record and has the engine call once more; the handler then settles instead of running the
 * application's. A settlement that fails, say because the dead-letter topic cannot be reached, parks the event: it is
 * settled again until it works, and the application's handler does not run again.
 */
public final class FailureTreatment implements InboundHandler, FailurePolicy<InboundRecord> {

    private final InboundHandler application;
    private final RetryPolicy retry;
    private final int maxAttempts;
    private final Retryable retryable;
    private final LastResort lastResort;
    private final DelayedRetries delayed;
    private final @Nullable DeadLetterQueue deadLetters;

    /**
     * @param maxAttempts how often an event is tried before the last resort, at least 1
     * @param deadLetters {@code null} where nothing goes there: then no key can be quarantined
     */
    FailureTreatment(InboundHandler application, RetryPolicy retry, int maxAttempts, Retryable retryable,
            LastResort lastResort, DelayedRetries delayed, @Nullable DeadLetterQueue deadLetters) {
        this.application = application;
        this.retry = retry;
        this.maxAttempts = maxAttempts;
        this.retryable = retryable;
        this.lastResort = lastResort;
        this.delayed = delayed;
        this.deadLetters = deadLetters;
    }

    @Override
    public void handle(InboundRecord record, Delivery delivery) throws Throwable {
        if (record.kept() instanceof Settlement settlement) {
            settle(settlement, delivery);
            return;
        }
        DeadLetterQueue queue = deadLetters;
        Throwable quarantined = queue == null ? null : queue.quarantine().reasonAgainst(record);
        if (queue != null && quarantined != null) {
            Settlement letter = queue.follower(record, quarantined);
            record.keep(letter);
            settle(letter, delivery);
            return;
        }
        delayed.requireDue(record);
        application.handle(record, delivery);
    }

    private static void settle(Settlement settlement, Delivery delivery) throws Exception {
        CompletionStage<?> settled = settlement.settle();
        if (settled != null) {
            delivery.doneWhen(settled);
        }
    }

    @Override
    public Verdict judge(InboundRecord record, int attempt, Throwable failure) {
        if (failure instanceof PostponedException postponed) {
            return new Verdict.Postpone(postponed.delay());
        }
        if (failure instanceof LastResorts.Decided decided) {
            return decided.verdict();
        }
        if (record.kept() instanceof Settlement) {
            return new Verdict.Park(retry.delayAfter(Math.max(1, attempt - maxAttempts + 1)));
        }
        boolean triedAgain = attempt < maxAttempts && !delayed.isRetry(record) && retryable.test(failure);
        return triedAgain ? new Verdict.Retry(retry.delayAfter(attempt)) : lastResort.judge(record, attempt, failure);
    }

    @Override
    public boolean divert(InboundRecord record) {
        if (deadLetters == null || record.kept() instanceof Settlement) {
            return false;
        }
        deadLetters.quarantine().divert(record,
                record.position() + " was parked and held up more than the channel may hold");
        return true;
    }

    /** The keys whose events go to the dead-letter topic unhandled, as text. Safe for any thread. */
    Set<String> quarantined() {
        return deadLetters == null ? Set.of() : deadLetters.quarantine().keys();
    }

    /** Has events of a key handled again; returns whether it was quarantined. Safe for any thread. */
    boolean release(byte[] key) {
        return deadLetters != null && deadLetters.quarantine().release(key);
    }

    @Nullable
    DeadLetterQueue deadLetters() {
        return deadLetters;
    }
}
