package io.eventlane.it.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.eventlane.Envelope;

/** One handler for each kind of payload. */
@ApplicationScoped
class PayloadHandlers {

    private final Received received;

    PayloadHandlers(Received received) {
        this.received = received;
    }

    @Incoming("text")
    void text(String text) {
        received.put("text", text);
    }

    @Incoming("bytes")
    void bytes(byte[] bytes) {
        received.put("bytes", new String(bytes, StandardCharsets.UTF_8));
    }

    @Incoming("number")
    void number(long number) {
        received.put("number", Long.toString(number));
    }

    @Incoming("reading")
    void reading(Reading reading) {
        received.put("reading", reading.toString());
    }

    @Incoming("alarm")
    void alarm(Alarm alarm) {
        received.put("alarm", alarm.getText());
    }

    @Incoming("envelope")
    void envelope(Envelope<List<Reading>> envelope) {
        received.put("envelope", envelope.eventType() + " " + envelope.payload());
    }
}
