package io.eventlane.runtime.invoke;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.spi.InboundHandler.Delivery;
import io.eventlane.spi.InboundRecord;

/**
 * The event of a handler that takes a {@link Message}, and that message: its metadata are the {@link Event}, which it is
 * itself, and the broker's record. Each run of the handler gets one of its own.
 * <p>
 * The first call of {@code ack} or {@code nack} decides, on whatever thread and also through a message that was made of
 * this one; later ones do nothing. Their stage is complete at once: it says that the word was taken, and a handler may
 * wait for it.
 */
final class ReceivedMessage<T extends @Nullable Object> extends ReceivedEvent<T> implements Message<T> {

    /** A stage that nobody can change, so that all may share it. */
    private static final CompletionStage<Void> TAKEN = CompletableFuture.completedStage(null);

    private final int attempt;
    private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();

    ReceivedMessage(String channel, InboundRecord record, Delivery delivery, T payload, @Nullable Envelope<?> envelope) {
        super(channel, record, delivery, payload, envelope);
        this.attempt = delivery.attempt();
    }

    @Override
    public T getPayload() {
        return payload();
    }

    @Override
    public Metadata getMetadata() {
        return Metadata.of(this, unwrap(Object.class));
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return unused -> {
            outcome.complete(null);
            return TAKEN;
        };
    }

    @Override
    public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return (reason, unused) -> {
            outcome.completeExceptionally(reason);
            return TAKEN;
        };
    }

    /** The run's own: a message may outlive its run, and what the delivery says then is of a later one. */
    @Override
    public int attempt() {
        return attempt;
    }

    boolean isNacked() {
        return outcome.isCompletedExceptionally();
    }

    /** Has the record wait for the acknowledgement, unless it is there already. */
    void awaitedBy(Delivery run) {
        if (!outcome.isDone() || isNacked()) {
            run.doneWhen(outcome);
        }
    }
}
