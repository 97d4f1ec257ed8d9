package io.eventlane.quickstart;

import java.util.UUID;
import java.util.concurrent.CompletionStage;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.resteasy.reactive.RestPath;

import io.eventlane.Envelope;
import io.eventlane.EventPublisher;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishTo;

/** Turns requests into events, and shows what the handlers made of them. */
@Path("/orders")
public class OrderResource {

    private final EventPublisher<Object> publisher;
    private final OrderBook orders;

    OrderResource(@PublishTo("orders") EventPublisher<Object> publisher, OrderBook orders) {
        this.publisher = publisher;
        this.orders = orders;
    }

    /**
     * Answers once the broker has acknowledged the event.
     *
     * @return the id of the new order
     */
    @POST
    public CompletionStage<String> place(OrderPlaced order) {
        String id = "order-" + UUID.randomUUID();
        return publish(id, OrderPlaced.TYPE, order).thenApply(receipt -> id);
    }

    @POST
    @Path("/{id}/payment")
    public CompletionStage<String> pay(@RestPath String id, OrderPaid payment) {
        return publish(id, OrderPaid.TYPE, payment).thenApply(PublishReceipt::eventId);
    }

    @POST
    @Path("/{id}/shipment")
    public CompletionStage<String> ship(@RestPath String id, OrderShipped shipment) {
        return publish(id, OrderShipped.TYPE, shipment).thenApply(PublishReceipt::eventId);
    }

    @GET
    @Path("/{id}")
    public OrderStatus status(@RestPath String id) {
        return orders.find(id).orElseThrow(() -> new NotFoundException("No order " + id));
    }

    private CompletionStage<PublishReceipt> publish(String id, String type, Object payload) {
        return publisher.publish(Envelope.of(id, type, 1, payload));
    }
}
