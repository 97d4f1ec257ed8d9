package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;

/** Takes messages of a channel's consumer, as another client would, and never acknowledges them. */
final class ForeignConsumer implements AutoCloseable {

    private final Subscription subscription;

    private ForeignConsumer(Subscription subscription) {
        this.subscription = subscription;
    }

    static ForeignConsumer take(TestNats nats, String topic, int messages)
            throws IOException, JetStreamApiException, InterruptedException {
        String stream = TopicSpec.streamOf(topic);
        String durable = TestNats.group(topic);
        nats.management().addOrUpdateConsumer(stream, ConsumerConfiguration.builder().durable(durable)
                .ackPolicy(AckPolicy.Explicit).ackWait(Duration.ofSeconds(30)).maxAckPending(10_000).build());
        String inbox = nats.connection.createInbox();
        Subscription subscription = nats.connection.subscribe(inbox);
        nats.connection.publish("$JS.API.CONSUMER.MSG.NEXT." + stream + '.' + durable, inbox,
                ("{\"batch\":" + messages + ",\"expires\":20000000000}").getBytes());
        for (int i = 0; i < messages; i++) {
            Message message = subscription.nextMessage(Duration.ofSeconds(10));
            assertThat(message).isNotNull();
        }
        return new ForeignConsumer(subscription);
    }

    @Override
    public void close() {
        subscription.unsubscribe();
    }
}
