package com.acme.shop;

import java.util.concurrent.CompletionStage;

import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.eventlane.EventPublisher;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishTo;

@Path("/orders")
public class OrderResource {

    @Inject
    @PublishTo("orders") // <1>
    EventPublisher<Order> orders;

    @POST
    public CompletionStage<String> place(Order order) {
        return orders.publish(order.id(), order) // <2>
                .thenApply(PublishReceipt::eventId); // <3>
    }
}
