package io.eventlane.runtime.publish;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.EventBus;
import io.eventlane.PublishReceipt;

/** Finds the channel, and hands over to its publisher. */
public final class EventBusImpl implements EventBus {

    private final Publishing publishing;

    public EventBusImpl(Publishing publishing) {
        this.publishing = publishing;
    }

    @Override
    public CompletionStage<PublishReceipt> publish(String channel, Object payload) {
        return publishing.channel(channel).publish(payload);
    }

    @Override
    public CompletionStage<PublishReceipt> publish(String channel, String key, @Nullable Object payload) {
        return publishing.channel(channel).publish(key, payload);
    }

    @Override
    public CompletionStage<PublishReceipt> publish(String channel, Envelope<?> envelope) {
        return publishing.channel(channel).publishEnvelope(envelope);
    }
}
