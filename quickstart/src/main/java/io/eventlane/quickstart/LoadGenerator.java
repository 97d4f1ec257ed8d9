package io.eventlane.quickstart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;

import io.eventlane.Envelope;
import io.eventlane.EventPublisher;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishTo;

/**
 * Publishes bursts of events. The number of an event travels as its correlation id and grows along each key, also
 * over bursts and restarts. Few orders get many events and many get few.
 */
@Singleton
class LoadGenerator {

    private final EventPublisher<Object> publisher;
    private final Sabotage sabotage;
    private final Map<String, AtomicInteger> lives = new ConcurrentHashMap<>();

    LoadGenerator(@PublishTo("orders") EventPublisher<Object> publisher, Sabotage sabotage) {
        this.publisher = publisher;
        this.sabotage = sabotage;
    }

    /**
     * Publishes the events numbered {@code first} to {@code first + events - 1}, in that order, and waits until the
     * broker has acknowledged them all.
     *
     * @throws java.util.concurrent.CompletionException when one was not
     */
    void burst(int first, int events, int keys) {
        List<CompletionStage<PublishReceipt>> receipts = new ArrayList<>(events);
        Map<String, Envelope<Object>> delayed = new HashMap<>();
        for (int number = first; number < first + events; number++) {
            String order = "order-" + key(number, keys);
            Envelope<Object> event = event(order, number);
            if (sabotage.delays(number)) {
                delayed.put(order, event);
                continue;
            }
            receipts.add(publisher.publish(event));
            Envelope<Object> late = delayed.remove(order);
            if (late != null) {
                receipts.add(publisher.publish(late));
            }
        }
        delayed.values().forEach(event -> receipts.add(publisher.publish(event)));
        receipts.forEach(receipt -> receipt.toCompletableFuture().join());
    }

    /** The same number has the same key in every run; a key's share falls with the square root of its rank. */
    private static int key(int number, int keys) {
        double random = ((number * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
        return (int) (keys * random * random);
    }

    private Envelope<Object> event(String order, int number) {
        return switch (lives.computeIfAbsent(order, o -> new AtomicInteger()).getAndIncrement() % 3) {
            case 0 -> envelope(order, OrderPlaced.TYPE, new OrderPlaced("customer-" + number % 100, 1 + number % 3,
                    BigDecimal.valueOf(1000 + number % 9000, 2)), number);
            case 1 -> envelope(order, OrderPaid.TYPE, new OrderPaid(BigDecimal.valueOf(1000 + number % 9000, 2)), number);
            default -> envelope(order, OrderShipped.TYPE, new OrderShipped("post"), number);
        };
    }

    private static Envelope<Object> envelope(String order, String type, Object payload, int number) {
        return Envelope.of(order, type, 1, payload).withCorrelationId(Integer.toString(number));
    }
}
