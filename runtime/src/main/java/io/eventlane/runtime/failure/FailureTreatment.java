package io.eventlane.runtime.failure;

import java.util.Set;

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
    private final Quarantine quarantine;
    private final @Nullable FailureTopic deadLetters;

    /**
     * @param maxAttempts how often an event is tried before the last resort, at least 1
     * @param deadLetters where the events of quarantined keys go; {@code null} where no key can be quarantined
     */
    FailureTreatment(InboundHandler application, RetryPolicy retry, int maxAttempts, Retryable retryable,
            LastResort lastResort, DelayedRetries delayed, Quarantine quarantine, @Nullable FailureTopic deadLetters) {
        this.application = application;
        this.retry = retry;
        this.maxAttempts = maxAttempts;
        this.retryable = retryable;
        this.lastResort = lastResort;
        this.delayed = delayed;
        this.quarantine = quarantine;
        this.deadLetters = deadLetters;
    }

    @Override
    public void handle(InboundRecord record, Delivery delivery) throws Throwable {
        if (record.kept() instanceof Settlement settlement) {
            settlement.settle(delivery);
            return;
        }
        Throwable quarantined = quarantine.reasonAgainst(record);
        if (quarantined != null && deadLetters != null) {
            Settlement letter = deadLetters.letter(record, quarantined, DeadLetterHeaders.retries(record));
            record.keep(letter);
            letter.settle(delivery);
            return;
        }
        delayed.requireDue(record);
        application.handle(record, delivery);
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
            return new Verdict.Park(retry.delayAfter(Math.max(1, attempt - maxAttempts)));
        }
        boolean triedAgain = attempt < maxAttempts && !delayed.isRetry(record) && retryable.test(failure);
        return triedAgain ? new Verdict.Retry(retry.delayAfter(attempt)) : lastResort.judge(record, attempt, failure);
    }

    @Override
    public boolean divert(InboundRecord record) {
        return deadLetters != null && !(record.kept() instanceof Settlement)
                && quarantine.add(record, record.position() + " was parked and held up more than the channel may hold");
    }

    /** The keys whose events go to the dead-letter topic unhandled, as text. Safe for any thread. */
    public Set<String> quarantined() {
        return quarantine.keys();
    }

    /** Has events of a key handled again; returns whether it was quarantined. Safe for any thread. */
    public boolean release(byte[] key) {
        return quarantine.release(key);
    }
}
