package io.eventlane.benchmarks.jetstream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.eventlane.benchmarks.common.OrderCheck;
import io.eventlane.benchmarks.common.Records;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/** Creates streams, fills them, and looks at what became of them. */
final class Streams implements AutoCloseable {

    /** Of every consumer. */
    static final int MAX_ACK_PENDING = 10_000;

    private static final int IN_FLIGHT = 1_000;
    private static final int BATCH = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Connection connection;
    private final JetStreamManagement management;

    Streams(String url) throws IOException, InterruptedException {
        connection = BareClient.connect(url);
        management = connection.jetStreamManagement();
    }

    void create(StreamSpec stream) throws IOException, JetStreamApiException {
        management.addStream(StreamConfiguration.builder().name(stream.name())
                .subjects(stream.name(), stream.name() + ".>").storageType(StorageType.File).build());
    }

    void fill(StreamSpec stream) throws IOException, JetStreamApiException {
        create(stream);
        AsyncPublisher publisher = new AsyncPublisher(connection.jetStream(), stream.name(), IN_FLIGHT, (ack, failure) -> {
        });
        Records records = new Records(stream.keys(), stream.bytes());
        for (int number = 0; number < stream.records(); number++) {
            byte[] payload = records.next();
            publisher.publish(records.key(), payload);
        }
        publisher.await();
    }

    void delete(StreamSpec stream) throws IOException, JetStreamApiException {
        management.deleteStream(stream.name());
    }

    /** Creates a consumer from the beginning of the stream, whose every message has to be acknowledged. */
    void createConsumer(StreamSpec stream, String name) throws IOException, JetStreamApiException {
        management.createConsumer(stream.name(), ConsumerConfiguration.builder().durable(name)
                .ackPolicy(AckPolicy.Explicit).maxAckPending(MAX_ACK_PENDING).build());
    }

    /** How many messages a consumer has not acknowledged; the consumer is deleted. */
    long endConsumer(StreamSpec stream, String name) throws IOException, JetStreamApiException {
        ConsumerInfo consumer = management.getConsumerInfo(stream.name(), name);
        management.deleteConsumer(stream.name(), name);
        return consumer.getNumAckPending() + consumer.getNumPending();
    }

    /** Reads all that a stream has got. */
    OrderCheck check(StreamSpec stream) throws IOException, JetStreamApiException, InterruptedException {
        OrderCheck check = new OrderCheck(stream.records(), stream.keys().count());
        management.createConsumer(stream.name(), ConsumerConfiguration.builder().durable("check")
                .ackPolicy(AckPolicy.None).build());
        long left = management.getStreamInfo(stream.name()).getStreamState().getMsgCount();
        JetStreamSubscription subscription = connection.jetStream().subscribe(null,
                PullSubscribeOptions.bind(stream.name(), "check"));
        while (left > 0) {
            List<Message> batch = subscription.fetch(BATCH, TIMEOUT);
            if (batch.isEmpty()) {
                throw new IllegalStateException(left + " messages of " + stream.name() + " do not come");
            }
            left -= batch.size();
            for (Message message : batch) {
                check.started(message.getData());
                check.ended(message.getData());
            }
        }
        subscription.unsubscribe();
        return check;
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
