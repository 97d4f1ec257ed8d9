package io.eventlane.jetstream;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import io.eventlane.engine.Singleflight;

/**
 * Makes sure that there is a stream for a topic, before it is published to or consumed. Safe for any thread.
 * <p>
 * Topics may share a stream, so there is one flight at a time for each stream, and whoever has joined the flight that another
 * topic started looks afterwards whether it has covered its own.
 */
public final class Streams {

    private final Link link;
    private final TopicSpecs specs;
    private final Singleflight<String, Landing> flights = new Singleflight<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Streams(Link link, TopicSpecs specs) {
        this.link = link;
        this.specs = specs;
    }

    /** Whether the topic's stream was there when it was looked at last. Takes no lock. */
    boolean isKnown(String topic) {
        return known.contains(topic);
    }

    /** To be called when the topic's stream turns out not to be there: it is looked at, and created, again. */
    void forget(String topic) {
        known.remove(topic);
    }

    /**
     * Looks at the topic's stream, and does with it what its strategy says, unless it is known already. Never blocks.
     *
     * @return completes when there is a stream that takes the topic's events, or the topic needs none; exceptionally with a
     *         {@link StreamException} otherwise
     */
    CompletionStage<Void> ensure(String topic) {
        if (isKnown(topic)) {
            return CompletableFuture.completedStage(null);
        }
        TopicSpec spec = specs.of(topic);
        return flights.run(spec.stream(), () -> start(spec)).thenCompose(landing -> {
            known.addAll(landing.covered());
            if (landing.covered().contains(topic)) {
                return CompletableFuture.completedStage(null);
            }
            StreamException failure = landing.failure();
            boolean minesToo = landing.topic().equals(topic) || failure != null && failure.isPassing();
            return failure != null && minesToo ? CompletableFuture.failedStage(failure) : ensure(topic);
        });
    }

    /** Asking the server blocks, and the caller may not. */
    private CompletionStage<Landing> start(TopicSpec spec) {
        CompletableFuture<Landing> landing = new CompletableFuture<>();
        Thread.ofVirtual().name("eventlane-stream-" + spec.stream()).start(() -> {
            try {
                landing.complete(new Landing(spec.topic(), new StreamFlight(link, specs).run(spec), null));
            } catch (StreamException failure) {
                landing.complete(new Landing(spec.topic(), Set.of(), failure));
            } catch (Throwable failure) {
                landing.completeExceptionally(failure);
            }
        });
        return landing;
    }

    /**
     * How a flight ended.
     *
     * @param topic that it was made for
     * @param covered the topics whose events the stream takes; this one is among them unless it has failed
     */
    private record Landing(String topic, Set<String> covered, @Nullable StreamException failure) {
    }
}
