package com.acme.shop;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;

@ApplicationScoped
class OrderHandlers {

    @Inject
    Warehouse warehouse;

    @Incoming("orders") // <1>
    void onOrder(Order order) {
        warehouse.reserve(order); // <2>
    } // <3>
}
