package io.eventlane.quickstart;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.Envelope;
import io.eventlane.Event;

/** Tells the customer. */
@Journaled
@ApplicationScoped
class NotificationHandler {

    private final Partners partners;

    NotificationHandler(Partners partners) {
        this.partners = partners;
    }

    @Incoming("notifications")
    void send(Event<Envelope<Notification>> event) throws InterruptedException {
        partners.send(event.payload().payload());
    }
}
