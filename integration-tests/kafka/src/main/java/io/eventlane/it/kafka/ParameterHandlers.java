package io.eventlane.it.kafka;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventHeaders;
import io.eventlane.EventType;
import io.eventlane.Header;
import io.eventlane.Key;

/** One handler for each kind of parameter. */
@ApplicationScoped
class ParameterHandlers {

    private final Received received;

    ParameterHandlers(Received received) {
        this.received = received;
    }

    @Incoming("parameters")
    @EventType("first")
    void first(Envelope<String> envelope, @Key String key, @Header(EventHeaders.TENANT_ID) @Nullable String tenant) {
        received.put("first", envelope.payload() + " " + key + " " + tenant);
    }

    @Incoming("parameters")
    @EventType("second")
    void second(Event<Envelope<String>> event) {
        received.put("second", event.payload().payload() + " " + event.key() + " " + event.type() + " " + event.topic());
    }

    @Incoming("parameters")
    void other(ConsumerRecord<byte[], byte[]> record, Event<?> event) {
        received.put("other", record.topic() + " " + event.type());
    }
}
