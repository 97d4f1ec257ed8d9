package io.eventlane.deployment;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

import io.eventlane.Envelope;
import io.eventlane.Event;
import io.eventlane.EventType;
import io.eventlane.Header;
import io.eventlane.Key;

/** One handler of every shape, overloads included. */
public class SampleHandlers {

    @Incoming("orders")
    @EventType("order.placed")
    public void onOrder(String order, @Key String key, @Header("X-Region") String region) {
    }

    @Incoming("orders")
    @EventType("order.paid")
    public void onOrder(Envelope<Map<String, List<Integer>>> order) {
    }

    @Incoming("orders")
    @Incoming("payments")
    public void onOrder(Event<List<String>[]> event, ConsumerRecord<byte[], byte[]> record) {
    }

    @Incoming("acknowledged")
    public CompletionStage<Void> acknowledge(Message<String> message) {
        return message.ack();
    }

    @Incoming("numbers")
    @Outgoing("doubled")
    @Outgoing("audit")
    public long twice(long number) {
        return number * 2;
    }

    @Incoming("stages")
    public CompletionStage<Void> later(byte[] bytes) {
        return CompletableFuture.completedStage(null);
    }
}
