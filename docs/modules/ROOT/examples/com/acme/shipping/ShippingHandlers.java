package com.acme.shipping;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

import com.acme.shop.Order;

import io.eventlane.Envelope;

@ApplicationScoped
public class ShippingHandlers {

    private final List<String> labels = new CopyOnWriteArrayList<>();

    // tag::chain[]
    @Incoming("packed-orders")
    @Outgoing("labels")
    String label(Order order) {
        return "to " + order.customer();
    }
    // end::chain[]

    // tag::several[]
    @Incoming("large-orders")
    @Outgoing("parcels")
    List<Envelope<Parcel>> split(Order order) {
        return IntStream.range(0, order.items())
                .mapToObj(i -> Envelope.of(order.id(), "parcel.packed", 1, new Parcel(order.id(), i)))
                .toList();
    }
    // end::several[]

    @Incoming("labels")
    void print(String label) {
        labels.add(label);
    }

    @Incoming("parcels")
    void print(Envelope<Parcel> parcel) {
        labels.add(parcel.payload().order() + "/" + parcel.payload().number());
    }

    public List<String> labels() {
        return List.copyOf(labels);
    }
}
