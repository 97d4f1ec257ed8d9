package com.acme.payments;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventType;

@ApplicationScoped
class PaymentHandlers {

    @Inject
    Accounts accounts;

    // tag::types[]
    @Incoming("payments")
    @EventType("payment.received")
    void received(Envelope<PaymentReceived> payment) {
        accounts.book(payment.aggregateId() + " received " + payment.payload().amount());
    }

    @Incoming("payments")
    @EventType("payment.refunded")
    void refunded(Envelope<PaymentRefunded> refund) {
        accounts.book(refund.aggregateId() + " refunded " + refund.payload().amount());
    }

    @Incoming("payments")
    void other(Event<byte[]> event) {
        accounts.book(event.key() + " ignored " + event.type());
    }
    // end::types[]
}
