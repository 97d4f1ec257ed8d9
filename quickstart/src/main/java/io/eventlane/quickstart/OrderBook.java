package io.eventlane.quickstart;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.eventlane.Envelope;
import io.eventlane.quickstart.OrderStatus.State;

/** Every order with its last state. The events of an order arrive in their order, so the last one to write is right. */
@ApplicationScoped
class OrderBook {

    private final Map<String, OrderStatus> orders = new ConcurrentHashMap<>();

    void update(Envelope<?> event, State state) {
        orders.put(event.aggregateId(), new OrderStatus(event.aggregateId(), state, event.timestamp()));
    }

    Optional<OrderStatus> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }
}
