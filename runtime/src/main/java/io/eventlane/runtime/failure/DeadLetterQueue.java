package io.eventlane.runtime.failure;

import java.util.concurrent.CompletionStage;

import io.eventlane.spi.InboundRecord;

/**
 * Where a channel's dead letters go, and which keys go there with all their events.
 *
 * @param quarantinesKeys whether later events of a key follow its dead letter
 */
record DeadLetterQueue(FailureTopic topic, DelayedRetries retries, Quarantine quarantine, boolean quarantinesKeys) {

    /** A failed event as a dead letter. */
    Settlement letter(InboundRecord record, Throwable cause) {
        Settlement letter = follower(record, cause);
        if (!quarantinesKeys) {
            return letter;
        }
        String because = record.position() + " failed: " + cause;
        return () -> {
            CompletionStage<?> sent = letter.settle();
            // Before the next event of the key can start, and not for an event that has gone to another process.
            return sent == null ? null : sent.thenAccept(position -> quarantine.add(record, because));
        };
    }

    /** An event as a dead letter that is not to blame. */
    Settlement follower(InboundRecord record, Throwable cause) {
        FailedEvent event = retries.event(record);
        Settlement letter = topic.letter(event, cause, event.retries());
        return () -> {
            CompletionStage<?> sent = letter.settle();
            return sent == null ? null : sent.thenRun(record::deadLettered);
        };
    }
}
