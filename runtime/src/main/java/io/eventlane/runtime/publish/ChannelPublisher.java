package io.eventlane.runtime.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.EventId;
import io.eventlane.Position;
import io.eventlane.PublishException;
import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;

/** Publishes to one outgoing channel. Nothing here takes a lock once the channel is open. */
public final class ChannelPublisher {

    private final String channel;
    private final String topic;
    private final Publishing publishing;
    private final LazyOutbound outbound;

    ChannelPublisher(String channel, String topic, Publishing publishing, LazyOutbound outbound) {
        this.channel = channel;
        this.topic = topic;
        this.publishing = publishing;
        this.outbound = outbound;
    }

    public String channel() {
        return channel;
    }

    CompletionStage<PublishReceipt> publish(@Nullable Object payload) {
        if (payload == null) {
            return refused(Reason.INVALID, EventId.next(), "the payload must not be null where there is no key", null);
        }
        return payload instanceof Envelope<?> envelope ? publishEnvelope(envelope) : publishPlain(null, payload);
    }

    CompletionStage<PublishReceipt> publish(@Nullable String key, @Nullable Object payload) {
        if (key == null || key.isBlank()) {
            return refused(Reason.INVALID, EventId.next(), "the key must not be blank", null);
        }
        if (payload instanceof Envelope<?> envelope) {
            return key.equals(envelope.aggregateId()) ? publishEnvelope(envelope)
                    : refused(Reason.INVALID, envelope.eventId(),
                            "the key of an envelope is its aggregate_id '%s', but '%s' was given"
                                    .formatted(envelope.aggregateId(), key),
                            null);
        }
        return publishPlain(key.getBytes(UTF_8), payload);
    }

    CompletionStage<PublishReceipt> publishEnvelope(@Nullable Envelope<?> envelope) {
        if (envelope == null) {
            return refused(Reason.INVALID, EventId.next(), "the envelope must not be null", null);
        }
        Draft draft;
        try {
            draft = publishing.drafts().envelope(envelope);
        } catch (Exception e) {
            return refused(Reason.INVALID, envelope.eventId(), cannotEncode(envelope.payload(), e), e);
        }
        return send(draft);
    }

    private CompletionStage<PublishReceipt> publishPlain(byte @Nullable [] key, @Nullable Object payload) {
        String id = EventId.next();
        Draft draft;
        try {
            draft = publishing.drafts().plain(id, key, payload);
        } catch (Exception e) {
            return refused(Reason.INVALID, id, cannotEncode(payload, e), e);
        }
        return send(draft);
    }

    /**
     * The result of a handler as a record.
     *
     * @param eventId used unless the result is an envelope, which has its own
     * @param key likewise
     * @throws Exception when the result cannot be encoded
     */
    public Draft draft(String eventId, byte @Nullable [] key, Object result) throws Exception {
        return result instanceof Envelope<?> envelope ? publishing.drafts().envelope(envelope)
                : publishing.drafts().plain(eventId, key, result);
    }

    /** Sends a record; the stage completes on one of Eventlane's threads for receipts. */
    private CompletionStage<PublishReceipt> send(Draft draft) {
        return send(draft, new Publication(channel, topic, draft, publishing::tell));
    }

    /** As the other methods, but the stage completes on the connector's own thread: whoever asks must only wait for it. */
    public CompletionStage<PublishReceipt> sendDirectly(Draft draft) {
        return send(draft, new Publication(channel, topic, draft, publishing::tellDirectly));
    }

    private CompletionStage<PublishReceipt> send(Draft draft, Publication publication) {
        String closed = publishing.closedBecause();
        if (closed != null) {
            return refused(Reason.CLOSED, draft.record().eventId(), closed, null);
        }
        boolean mayWait = publishing.mayWait();
        if (!publishing.listeners().enter(mayWait)) {
            return refused(Reason.BACK_PRESSURE, draft.record().eventId(), "a PublishListener is behind with its receipts",
                    null);
        }
        handOver(draft.record(), mayWait).whenComplete(publication);
        return publication;
    }

    private CompletionStage<Position> handOver(OutboundRecord record, boolean mayWait) {
        try {
            Outbound open = outbound.get();
            return mayWait ? open.send(record) : open.trySend(record);
        } catch (OutboundException e) {
            return CompletableFuture.failedStage(e);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(new OutboundException(Reason.UNREACHABLE, Status.FAILED, e.toString(), e));
        }
    }

    private static String cannotEncode(@Nullable Object payload, Exception cause) {
        return "the payload (%s) cannot be encoded: %s".formatted(payload == null ? null : payload.getClass().getName(), cause);
    }

    /** An answer for the caller alone: nothing was handed to the broker's client. */
    private CompletionStage<PublishReceipt> refused(Reason reason, String eventId, String why, @Nullable Throwable cause) {
        PublishReceipt receipt = new PublishReceipt(eventId, channel, topic, Status.FAILED, cause, Instant.now(), null, null,
                null,
                null);
        return CompletableFuture.failedFuture(new PublishException(reason, "event %s was not published to channel '%s': %s"
                .formatted(eventId, channel, why), receipt, cause));
    }
}
