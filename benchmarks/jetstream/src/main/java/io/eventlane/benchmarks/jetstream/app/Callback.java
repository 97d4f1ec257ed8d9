package io.eventlane.benchmarks.jetstream.app;

import java.io.IOException;

import io.eventlane.benchmarks.common.ForkSettings;
import io.eventlane.benchmarks.common.Work;
import io.eventlane.benchmarks.jetstream.BareClient;
import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.MessageConsumer;

/** The client's thread handles and acknowledges, while the next messages are asked for already. */
final class Callback implements AutoCloseable {

    private final Connection connection;
    private final MessageConsumer consumer;

    private Callback(Connection connection, MessageConsumer consumer) {
        this.connection = connection;
        this.consumer = consumer;
    }

    static Callback start(ForkSettings settings, Work work)
            throws IOException, InterruptedException, JetStreamApiException {
        Connection connection = BareClient.connect(settings.servers());
        ConsumeOptions options = ConsumeOptions.builder().batchSize(BareClient.FETCH).build();
        return new Callback(connection, connection.getStreamContext(settings.topic()).getConsumerContext(settings.group())
                .consume(options, message -> {
                    work.handle(message.getData());
                    message.ack();
                }));
    }

    @Override
    public void close() throws Exception {
        consumer.close();
        BareClient.close(connection);
    }
}
