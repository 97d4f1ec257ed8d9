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

    /** Takes so many at once, of a consumer that it makes. */
    static ForeignConsumer take(TestNats nats, String topic, int messages)
            throws IOException, JetStreamApiException, InterruptedException {
        String stream = TopicSpec.streamOf(topic);
        String durable = TestNats.group(topic);
        nats.management().addOrUpdateConsumer(stream, ConsumerConfiguration.builder().durable(durable)
                .ackPolicy(AckPolicy.Explicit).ackWait(Duration.ofSeconds(30)).maxAckPending(10_000).build());
        ForeignConsumer foreign = ask(nats, topic, messages);
        for (int i = 0; i < messages; i++) {
            Message message = foreign.subscription.nextMessage(Duration.ofSeconds(10));
            assertThat(message).isNotNull();
        }
        return foreign;
    }

    /** Asks for so many, which the server may give to others as well. */
    static ForeignConsumer ask(TestNats nats, String topic, int messages) {
        String inbox = nats.connection.createInbox();
        Subscription subscription = nats.connection.subscribe(inbox);
        nats.connection.publish("$JS.API.CONSUMER.MSG.NEXT." + TopicSpec.streamOf(topic) + '.' + TestNats.group(topic), inbox,
                ("{\"batch\":" + messages + ",\"expires\":20000000000}").getBytes());
        return new ForeignConsumer(subscription);
    }

    /** How many have come. */
    long taken() {
        return subscription.getDeliveredCount() + subscription.getPendingMessageCount();
    }

    @Override
    public void close() {
        subscription.unsubscribe();
    }
}
