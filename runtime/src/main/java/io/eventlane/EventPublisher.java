package io.eventlane;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Publishes events to the one channel named by {@link PublishTo}.
 *
 * <pre>
 * &#64;Inject
 * &#64;PublishTo("orders")
 * EventPublisher&lt;Order&gt; orders;
 * </pre>
 *
 * It behaves as {@link EventBus} does, without the channel.
 *
 * @param <T> the payload
 */
public interface EventPublisher<T> {

    /** Publishes an event without a key. */
    CompletionStage<PublishReceipt> publish(T payload);

    /** Publishes an event that stays in order with all others of its key; a {@code null} payload is a tombstone. */
    CompletionStage<PublishReceipt> publish(String key, @Nullable T payload);

    /** Publishes an event in its envelope, keyed by the aggregate id. */
    CompletionStage<PublishReceipt> publish(Envelope<? extends T> envelope);
}
