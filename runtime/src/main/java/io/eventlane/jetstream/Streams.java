package io.eventlane.jetstream;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.engine.Singleflight;
import io.eventlane.jetstream.TopicSpec.Strategy;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;

/**
 * Makes sure that there is a stream for a topic, before it is published to or consumed. Safe for any thread.
 * <p>
 * Topics may share a stream, so there is one flight at a time for each stream, and whoever has joined the flight that another
 * topic started looks afterwards whether it has covered its own.
 */
final class Streams {

    private static final Logger LOG = Logger.getLogger(Streams.class);

    private final Link link;
    private final TopicSpecs specs;
    private final Refusals refusals = new Refusals();
    private final Singleflight<String, Landing> flights = new Singleflight<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    Streams(Link link, TopicSpecs specs) {
        this.link = link;
        this.specs = specs;
        link.listen(refusals);
    }

    /** Whether the topic's stream was there when it was looked at last. Takes no lock. */
    boolean isKnown(String topic) {
        return known.contains(topic);
    }

    /**
     * To be called when the topic's stream turns out not to be there: it is looked at, and created, again. A flight that is on
     * its way may have looked before and still call it known; then the next failure finds that out.
     */
    void forget(String topic) {
        known.remove(topic);
    }

    /**
     * Looks at the topic's stream, and does with it what its strategy says, unless it is known already. Never blocks.
     *
     * @return completes when there is a stream that takes the topic's events, or the topic needs none; exceptionally with a
     *         {@link StreamException} otherwise, which may be wrapped in a {@link java.util.concurrent.CompletionException}
     */
    CompletionStage<Void> ensure(String topic) {
        if (isKnown(topic)) {
            return CompletableFuture.completedStage(null);
        }
        TopicSpec spec = specs.of(topic);
        if (!TopicSpec.isTopic(topic)) {
            return CompletableFuture.failedStage(new StreamException(
                    "Topic '" + topic + "' cannot be a subject of NATS: name it without white space, wildcards or empty tokens",
                    false, null));
        }
        if (spec.isEphemeral() || spec.strategy() == Strategy.SKIP) {
            known.add(topic);
            return CompletableFuture.completedStage(null);
        }
        return flights.run(spec.stream(), () -> start(spec)).thenCompose(landing -> {
            known.addAll(landing.covered());
            if (landing.covered().contains(topic)) {
                return CompletableFuture.completedStage(null);
            }
            StreamException failure = landing.failure();
            if (failure != null && (failure.isPassing() || landing.topic().equals(topic))) {
                return CompletableFuture.failedStage(failure);
            }
            // A flight of its own covers the topic or fails.
            return ensure(topic);
        });
    }

    /** Asking the server blocks, and the caller may not. */
    private CompletionStage<Landing> start(TopicSpec spec) {
        CompletableFuture<Landing> landing = new CompletableFuture<>();
        Thread.ofVirtual().name("eventlane-stream-" + spec.stream()).start(() -> {
            try {
                landing.complete(new Landing(spec.topic(), fly(spec), null));
            } catch (StreamException failure) {
                landing.complete(new Landing(spec.topic(), Set.of(), failure));
            } catch (Throwable failure) {
                landing.completeExceptionally(failure);
            }
        });
        return landing;
    }

    private Set<String> fly(TopicSpec spec) {
        StreamPlan plan = StreamPlan.of(spec, specs);
        Connection connection = link.connection();
        if (connection == null) {
            throw new StreamException("Topic " + spec.topic() + ": its stream '" + spec.stream()
                    + "' cannot be looked at, because there is no connection to NATS yet", true, null);
        }
        plan.checkAbilities(ServerAbilities.of(connection));
        refusals.forget(spec.stream());
        StreamFailures failures = new StreamFailures(plan, connection, link.jetStream(), refusals);
        try {
            return new StreamFlight(plan, connection.jetStreamManagement(link.jetStream()), this::warnOnce).run();
        } catch (JetStreamApiException e) {
            throw failures.of(e);
        } catch (IOException e) {
            throw failures.of(e);
        } catch (IllegalStateException e) {
            throw failures.of(e);
        }
    }

    /** A stream is looked at again whenever it seems to be gone. */
    private void warnOnce(String what) {
        if (warned.add(what)) {
            LOG.warn(what);
        }
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
