package io.eventlane.quickstart;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventType;
import io.eventlane.quickstart.OrderStatus.State;

/**
 * What happens when something happened to an order. Each method runs on a virtual thread and may block; the events of
 * one order run one after the other, those of different orders at the same time.
 */
@Journaled
@ApplicationScoped
class OrderHandlers {

    private final OrderBook orders;
    private final Partners partners;

    OrderHandlers(OrderBook orders, Partners partners) {
        this.orders = orders;
        this.partners = partners;
    }

    @Incoming("orders")
    @EventType(OrderPlaced.TYPE)
    void placed(Event<Envelope<OrderPlaced>> event) throws InterruptedException {
        Envelope<OrderPlaced> placed = event.payload();
        partners.reserveStock(placed.payload());
        orders.update(placed, State.PLACED);
    }

    @Incoming("orders")
    @EventType(OrderPaid.TYPE)
    void paid(Event<Envelope<OrderPaid>> event) throws InterruptedException {
        Envelope<OrderPaid> paid = event.payload();
        partners.bookPayment(paid.payload());
        orders.update(paid, State.PAID);
    }

    /** The result is published, and acknowledged by the broker, before the order's next event is handled. */
    @Incoming("orders")
    @EventType(OrderShipped.TYPE)
    @Outgoing("notifications")
    Envelope<Notification> shipped(Event<Envelope<OrderShipped>> event) throws InterruptedException {
        Envelope<OrderShipped> shipped = event.payload();
        String code = partners.trackingCode(shipped.payload());
        orders.update(shipped, State.SHIPPED);
        return Envelope.of(shipped.aggregateId(), Notification.TYPE, 1, new Notification("On its way: " + code))
                .withCorrelationId(shipped.correlationId());
    }
}
