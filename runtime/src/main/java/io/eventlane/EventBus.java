package io.eventlane;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * Publishes events to any channel by its name.
 * <p>
 * Inject it anywhere. Every method is asynchronous and safe to call from any thread. The stage completes with the
 * receipt once the broker has acknowledged the event, on one of Eventlane's own threads; it completes exceptionally
 * with a {@link PublishException} otherwise. Nothing is thrown by the call itself. On a virtual thread,
 * {@code join()} is the natural way to wait; a continuation that runs on Eventlane's thread must not wait for another
 * publication, but compose with it.
 * <p>
 * When the bound of events in flight is reached, a virtual or worker thread waits inside the call; an event loop is
 * never blocked, there the stage fails with {@link PublishException.Reason#BACK_PRESSURE}.
 *
 * @see EventPublisher
 */
public interface EventBus {

    /**
     * Publishes an event without a key: it has no order relative to others.
     *
     * @param channel the outgoing channel
     * @param payload the payload; an {@link Envelope} is treated as by {@link #publish(String, Envelope)}
     */
    CompletionStage<PublishReceipt> publish(String channel, Object payload);

    /**
     * Publishes an event that stays in order with all others of its key.
     *
     * @param channel the outgoing channel
     * @param key the key, not blank
     * @param payload the payload; {@code null} publishes a tombstone
     */
    CompletionStage<PublishReceipt> publish(String channel, String key, @Nullable Object payload);

    /**
     * Publishes an event in its envelope. The key is the envelope's aggregate id, and the envelope's fields travel as
     * headers too (see {@link EventHeaders}).
     *
     * @param channel the outgoing channel
     * @param envelope the event
     */
    CompletionStage<PublishReceipt> publish(String channel, Envelope<?> envelope);
}
