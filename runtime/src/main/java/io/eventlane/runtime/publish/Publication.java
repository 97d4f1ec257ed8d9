package io.eventlane.runtime.publish;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.PublishException;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.OutboundException;

/** One event on its way to the broker: takes the connector's word, and becomes the receipt. */
final class Publication extends CompletableFuture<PublishReceipt>
        implements BiConsumer<@Nullable Position, @Nullable Throwable> {

    private final String channel;
    private final String topic;
    private final Draft draft;
    private final Consumer<Publication> known;

    private @Nullable PublishReceipt receipt;
    private @Nullable PublishException failure;

    /**
     * @param known called once, on the connector's thread, when the outcome is known; sees to it that {@link #finish}
     *        is called
     */
    Publication(String channel, String topic, Draft draft, Consumer<Publication> known) {
        this.channel = channel;
        this.topic = topic;
        this.draft = draft;
        this.known = known;
    }

    @Override
    public void accept(@Nullable Position position, @Nullable Throwable error) {
        if (error == null) {
            receipt = receipt(Status.OK, null, position);
        } else {
            fail(error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
        }
        known.accept(this);
    }

    /** Tells whoever holds the stage. */
    void finish() {
        if (failure == null) {
            complete(outcome());
        } else {
            completeExceptionally(failure);
        }
    }

    /** The receipt, once the outcome is known. */
    PublishReceipt outcome() {
        if (receipt == null) {
            throw new IllegalStateException("the outcome of " + draft.record().eventId() + " is not known yet");
        }
        return receipt;
    }

    private void fail(Throwable error) {
        OutboundException refusal = error instanceof OutboundException known ? known
                : new OutboundException(Reason.REJECTED, Status.UNKNOWN, error.toString(), error);
        PublishReceipt failed = receipt(refusal.status(), error, null);
        String verb = refusal.status() == Status.UNKNOWN ? "may not have been published" : "was not published";
        receipt = failed;
        failure = new PublishException(refusal.reason(), "event %s %s to channel '%s' (topic '%s'): %s"
                .formatted(failed.eventId(), verb, channel, topic, refusal.getMessage()), failed, error);
    }

    private PublishReceipt receipt(Status status, @Nullable Throwable error, @Nullable Position position) {
        return new PublishReceipt(draft.record().eventId(), channel, topic, status, error, Instant.now(), draft.aggregateId(),
                draft.eventType(), draft.tenantId(), position);
    }
}
