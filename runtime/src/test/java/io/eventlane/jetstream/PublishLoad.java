package io.eventlane.jetstream;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import io.eventlane.Position;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.OutboundException;

/**
 * Threads that publish without waiting for acknowledgements, each with keys of its own, and what became of every event. The
 * payload of an event is its key and its number among those of the key.
 */
final class PublishLoad {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** An event that was sent. */
    private record Event(String key, int number, CompletionStage<Position> stage) {

        String payload() {
            return key + " " + number;
        }

        @Nullable
        Position position() {
            return stage.toCompletableFuture().isCompletedExceptionally() ? null : stage.toCompletableFuture().join();
        }

        @Nullable
        OutboundException failure() {
            try {
                stage.toCompletableFuture().join();
                return null;
            } catch (CompletionException e) {
                return (OutboundException) e.getCause();
            }
        }
    }

    private final TestPublisher publisher;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Thread> threads;

    private PublishLoad(TestPublisher publisher, int threads, int keys, long pauseNanos) {
        this.publisher = publisher;
        this.threads = IntStream.range(0, threads)
                .mapToObj(thread -> Thread.ofPlatform().start(() -> publish(thread, keys, pauseNanos))).toList();
    }

    /**
     * @param keys of each thread
     * @param perSecond events of each thread
     */
    static PublishLoad start(TestPublisher publisher, int threads, int keys, int perSecond) {
        return new PublishLoad(publisher, threads, keys, TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    private void publish(int thread, int keys, long pauseNanos) {
        int[] next = new int[keys];
        for (int i = 0; !ended.get(); i++) {
            String key = "key-" + thread + "-" + i % keys;
            int number = next[i % keys]++;
            CompletionStage<Position> stage = publisher.send(key, key + " " + number);
            events.add(new Event(key, number, stage));
            stage.thenAccept(position -> stored.incrementAndGet());
            LockSupport.parkNanos(pauseNanos);
        }
    }

    /** How many are acknowledged so far. */
    int stored() {
        return stored.get();
    }

    /** Stops, and returns when every event has its outcome. */
    PublishLoad end() {
        ended.set(true);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
            for (Event event : events) {
                event.stage().toCompletableFuture().handle((position, failure) -> true).get(PATIENCE.toSeconds(),
                        TimeUnit.SECONDS);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return this;
    }

    int size() {
        return events.size();
    }

    /** What did not succeed, by what is told of it. */
    Map<String, Integer> failures() {
        Map<String, Integer> failures = new HashMap<>();
        for (Event event : events) {
            OutboundException failure = event.failure();
            if (failure != null) {
                failures.merge(failure.status() + " " + failure.reason() + " " + failure.getMessage(), 1, Integer::sum);
            }
        }
        return failures;
    }

    void assertAllStored() {
        assertThat(failures()).isEmpty();
    }

    /** Nothing acknowledged is missing, nothing that has failed is there, nothing is there twice, and every key is in order. */
    void assertIsWhatWasTold(StreamContent stream) {
        assertTold(stream);
        assertInOrder(stream);
    }

    /**
     * As the other, where a server was frozen: events whose outcome is unknown may be stored whenever it goes on, and nothing
     * is
     * said of their order.
     */
    void assertKnownIsWhatWasTold(StreamContent stream) {
        assertTold(stream);
        Set<String> unknown = events.stream().filter(event -> event.position() == null)
                .filter(event -> event.failure().status() == Status.UNKNOWN).map(Event::payload).collect(toSet());
        assertInOrder(stream.payloads().stream().filter(payload -> !unknown.contains(payload)).toList());
    }

    private void assertTold(StreamContent stream) {
        Map<Long, String> content = stream.bySequence();
        Set<String> failed = new HashSet<>();
        for (Event event : events) {
            Position position = event.position();
            if (position != null) {
                assertThat(content.get(position.offset())).as("what is acknowledged at " + position).isEqualTo(event.payload());
            } else if (event.failure().status() == Status.FAILED) {
                failed.add(event.payload());
            }
        }
        assertThat(content.values()).as("none of what has failed")
                .doesNotContainAnyElementsOf(failed.isEmpty() ? Set.of("-") : failed);
    }

    /** Nothing is there twice, and every key is in order. */
    static void assertInOrder(StreamContent stream) {
        assertInOrder(stream.payloads());
    }

    private static void assertInOrder(List<String> payloads) {
        Map<String, List<Integer>> numbers = payloads.stream().map(payload -> payload.split(" "))
                .collect(groupingBy(parts -> parts[0], mapping(parts -> Integer.valueOf(parts[1]),
                        toList())));
        List<String> wrong = new ArrayList<>();
        numbers.forEach((key, all) -> {
            for (int i = 1; i < all.size(); i++) {
                if (all.get(i) <= all.get(i - 1)) {
                    wrong.add(key + ": " + all.get(i) + " behind " + all.get(i - 1));
                }
            }
        });
        assertThat(wrong).as("inversions and duplicates").isEmpty();
    }
}
