package com.acme.payments;

import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.Event;
import io.eventlane.Header;
import io.eventlane.Key;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

@ApplicationScoped
class Signatures {

    @Inject
    Accounts accounts;

    // tag::parameters[]
    @Incoming("bookings")
    void book(PaymentReceived payment, @Key String account, @Header("X-Region") String region, Event<?> event) {
        accounts.book("%s %s %s, attempt %d".formatted(account, payment.amount(), region, event.attempt()));
    }
    // end::parameters[]

    // tag::record[]
    @Incoming("raw-bookings")
    void raw(ConsumerRecord<byte[], byte[]> record) {
        accounts.book(record.topic() + " " + record.serializedValueSize());
    }
    // end::record[]

    // tag::transactional[]
    @Incoming("transfers")
    @Transactional
    void transfer(PaymentReceived payment, @Key String account) {
        accounts.book(account + " transferred " + payment.amount());
    }
    // end::transactional[]

    // tag::asynchronous[]
    @Incoming("remote-bookings")
    CompletionStage<Void> bookRemotely(PaymentReceived payment, @Key String account) {
        return accounts.bookLater(account + " booked " + payment.amount());
    }
    // end::asynchronous[]

    @Incoming("reactive-bookings")
    Uni<Void> bookReactively(PaymentReceived payment, @Key String account) {
        return Uni.createFrom().completionStage(() -> accounts.bookLater(account + " noted " + payment.amount()));
    }

    // tag::non-blocking[]
    @Incoming("counts")
    @NonBlocking
    void count(int seen, @Key String account) {
        accounts.book(account + " seen " + seen);
    }
    // end::non-blocking[]
}
