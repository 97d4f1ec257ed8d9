package io.eventlane.engine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Has many who want the same thing at the same time do it once: the first starts a flight, and who comes before it has
 * landed gets its result. Nothing is remembered afterwards, success no more than failure, so that whoever wants to know
 * whether the thing is done keeps that elsewhere, where looking takes no lock.
 * <p>
 * Safe for any thread.
 *
 * @param <K> what is wanted; equal keys are the same thing
 */
public final class Singleflight<K, V> {

    private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /**
     * Joins the flight of that key, or starts one.
     *
     * @param flight called on this thread where none is on its way, so it must not block; must not wait for another flight
     *        of the same key. When it throws or returns {@code null}, the flight has failed
     * @return a stage of the caller's own: whoever cancels it leaves the flight to the others. When the flight fails it
     *         fails with a {@link CompletionException} around the failure
     */
    public CompletionStage<V> run(K key, Supplier<? extends CompletionStage<V>> flight) {
        CompletableFuture<V> joined = flights.get(key);
        if (joined == null) {
            CompletableFuture<V> own = new CompletableFuture<>();
            joined = flights.putIfAbsent(key, own);
            if (joined == null) {
                start(key, own, flight);
                joined = own;
            }
        }
        return joined.copy();
    }

    private void start(K key, CompletableFuture<V> own, Supplier<? extends CompletionStage<V>> flight) {
        try {
            Objects.requireNonNull(flight.get(), "the flight returned null instead of a stage")
                    .whenComplete((value, failure) -> land(key, own, value, failure));
        } catch (Throwable thrown) {
            land(key, own, null, thrown);
        }
    }

    /** Who hears of the end must be able to start the next flight, so this one is forgotten first. */
    private void land(K key, CompletableFuture<V> own, @Nullable V value, @Nullable Throwable failure) {
        flights.remove(key, own);
        if (failure == null) {
            own.complete(value);
        } else {
            own.completeExceptionally(failure instanceof CompletionException && failure.getCause() != null ? failure.getCause()
                    : failure);
        }
    }
}
