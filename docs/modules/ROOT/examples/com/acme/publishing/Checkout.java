package com.acme.publishing;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import com.acme.payments.PaymentReceived;

import io.eventlane.Envelope;
import io.eventlane.EventBus;
import io.eventlane.EventPublisher;
import io.eventlane.PublishException;
import io.eventlane.PublishReceipt;
import io.eventlane.PublishTo;
import io.quarkus.logging.Log;

@ApplicationScoped
public class Checkout {

    // tag::publisher[]
    @Inject
    @PublishTo("payments")
    EventPublisher<PaymentReceived> payments;

    public CompletionStage<PublishReceipt> paid(String account, PaymentReceived payment) {
        return payments.publish(Envelope.of(account, "payment.received", 1, payment) // <1>
                .withCorrelationId("checkout-1"));
    }
    // end::publisher[]

    // tag::bus[]
    @Inject
    EventBus bus;

    public CompletionStage<PublishReceipt> forward(String channel, String key, Object payload) {
        return bus.publish(channel, key, payload);
    }
    // end::bus[]

    // tag::outcome[]
    public boolean paidForSure(String account, PaymentReceived payment) {
        try {
            PublishReceipt receipt = paid(account, payment).toCompletableFuture().join(); // <1>
            Log.debugf("%s is at %s", receipt.eventId(), receipt.position());
            return true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof PublishException failure) {
                Log.errorf("%s: %s", failure.reason(), failure.getMessage()); // <2>
                return failure.receipt().status() == PublishReceipt.Status.UNKNOWN; // <3>
            }
            throw e;
        }
    }
    // end::outcome[]
}
