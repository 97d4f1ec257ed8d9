package io.eventlane.runtime.invoke;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import io.eventlane.PublishReceipt;
import io.eventlane.channel.DerivedId;
import io.eventlane.runtime.publish.ChannelPublisher;
import io.eventlane.runtime.publish.Draft;
import io.eventlane.spi.InboundRecord;

/**
 * What a handler returned and what of it is not acknowledged yet. The record keeps it over its attempts, so that a
 * failed publication is repeated with the same ids and without running the handler again.
 */
final class Results {

    private final List<Pending> pending = new ArrayList<>();

    private final @Nullable ReceivedMessage<?> message;

    private Results(@Nullable ReceivedMessage<?> message) {
        this.message = message;
    }

    /**
     * @param source the record that was handled
     * @param ids of the results
     * @param result a payload, an envelope, or a collection of them
     * @param message what the handler acknowledges the record with; {@code null} where that is not its business
     */
    static Results of(InboundRecord source, DerivedId ids, List<ChannelPublisher> channels, Object result,
            @Nullable ReceivedMessage<?> message) {
        Results results = new Results(message);
        Collection<?> elements = result instanceof Collection<?> several ? several : List.of(result);
        for (ChannelPublisher channel : channels) {
            int index = 0;
            for (Object element : elements) {
                if (element != null) {
                    results.pending.add(new Pending(channel, element, source.key(),
                            ids.of(source, channel.channel() + '\n' + index)));
                }
                index++;
            }
        }
        return results;
    }

    /** The message of the run that returned them. */
    @Nullable
    ReceivedMessage<?> message() {
        return message;
    }

    /**
     * Publishes what is not acknowledged, in order, and waits until all of it is.
     *
     * @throws Exception when one cannot be encoded: nothing is sent then; else the first failure, with the others
     *         suppressed: what was acknowledged is not sent again
     */
    void publish() throws Exception {
        for (Pending one : pending) {
            one.encode();
        }
        List<CompletionStage<PublishReceipt>> sent = pending.stream().map(Pending::send).toList();
        Exception failure = null;
        List<Pending> failed = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            Exception error = failureOf(sent.get(i));
            if (error != null) {
                failed.add(pending.get(i));
                failure = first(failure, error);
            }
        }
        pending.clear();
        pending.addAll(failed);
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits; what is not known when the wait is interrupted stays pending. */
    private static @Nullable Exception failureOf(CompletionStage<PublishReceipt> stage) throws InterruptedException {
        try {
            stage.toCompletableFuture().get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static Exception first(@Nullable Exception first, Exception next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    /** One result for one channel; encoded once. */
    private static final class Pending {

        private final ChannelPublisher channel;
        private final Object element;
        private final byte @Nullable [] key;
        private final String eventId;
        private @Nullable Draft draft;

        Pending(ChannelPublisher channel, Object element, byte @Nullable [] key, String eventId) {
            this.channel = channel;
            this.element = element;
            this.key = key;
            this.eventId = eventId;
        }

        void encode() throws Exception {
            if (draft == null) {
                draft = channel.draft(eventId, key, element);
            }
        }

        CompletionStage<PublishReceipt> send() {
            return channel.sendDirectly(Objects.requireNonNull(draft));
        }
    }
}
