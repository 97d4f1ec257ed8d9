package io.eventlane.runtime.publish;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.EventPublisher;
import io.eventlane.PublishReceipt;

/** Bound to its channel when it is injected. */
public final class EventPublisherImpl<T> implements EventPublisher<T> {

    private final ChannelPublisher channel;

    public EventPublisherImpl(ChannelPublisher channel) {
        this.channel = channel;
    }

    @Override
    public CompletionStage<PublishReceipt> publish(T payload) {
        return channel.publish(payload);
    }

    @Override
    public CompletionStage<PublishReceipt> publish(String key, @Nullable T payload) {
        return channel.publish(key, payload);
    }

    @Override
    public CompletionStage<PublishReceipt> publish(Envelope<? extends T> envelope) {
        return channel.publishEnvelope(envelope);
    }
}
