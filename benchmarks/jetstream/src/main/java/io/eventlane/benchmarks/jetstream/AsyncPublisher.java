package io.eventlane.benchmarks.jetstream;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.eventlane.benchmarks.common.Publishing;
import io.nats.client.JetStream;
import io.nats.client.api.PublishAck;

/**
 * Publishes with the client's publishAsync. A ring of futures keeps the number on their way, which is cheaper than a
 * semaphore that each of them gives back to.
 */
public final class AsyncPublisher implements Publishing.Way {

    private final JetStream stream;
    private final String subject;
    private final BiConsumer<? super PublishAck, ? super Throwable> answered;
    private final @Nullable CompletableFuture<?>[] ring;
    private int place;

    /**
     * @param window how many may be on their way
     */
    public AsyncPublisher(JetStream stream, String subject, int window,
            BiConsumer<? super PublishAck, ? super Throwable> answered) {
        this.stream = stream;
        this.subject = subject;
        this.answered = answered;
        this.ring = new CompletableFuture<?>[window];
    }

    @Override
    public void publish(String key, byte[] payload) {
        CompletableFuture<?> oldest = ring[place];
        if (oldest != null) {
            oldest.join();
        }
        ring[place] = stream.publishAsync(subject, BareClient.headers(key), payload).whenComplete(answered);
        place = (place + 1) % ring.length;
    }

    /** Returns when all are acknowledged. */
    void await() {
        for (CompletableFuture<?> future : ring) {
            if (future != null) {
                future.join();
            }
        }
    }
}
