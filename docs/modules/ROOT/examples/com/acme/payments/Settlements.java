package com.acme.payments;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.eventlane.Key;

@ApplicationScoped
public class Settlements {

    @Inject
    Accounts accounts;

    // tag::manual[]
    private final Map<String, Message<PaymentReceived>> open = new ConcurrentHashMap<>();

    @Incoming("settlements")
    void settle(Message<PaymentReceived> payment, @Key String account) {
        open.put(account, payment); // <1>
    }

    /** Called when the bank answers, on a thread of its client. */
    public void onAnswer(String account, boolean accepted) {
        Message<PaymentReceived> payment = open.remove(account);
        if (accepted) {
            accounts.book(account + " settled " + payment.getPayload().amount());
            payment.ack(); // <2>
        } else {
            payment.nack(new IllegalStateException("the bank is closed")); // <3>
        }
    }
    // end::manual[]

    public boolean isOpen(String account) {
        return open.containsKey(account);
    }
}
