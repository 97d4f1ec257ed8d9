package io.eventlane.benchmarks.jetstream.app;

import java.io.IOException;
import java.time.Duration;

import io.eventlane.benchmarks.common.ForkSettings;
import io.eventlane.benchmarks.common.Work;
import io.eventlane.benchmarks.jetstream.BareClient;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;

/** The yardstick: one thread fetches, handles and acknowledges, and does nothing else. */
final class FetchLoop implements AutoCloseable {

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(1);

    private final Connection connection;
    private final JetStreamSubscription subscription;
    private final Work work;
    private final Thread thread = Thread.ofPlatform().name("fetch-loop").unstarted(this::run);
    private volatile boolean closing;

    private FetchLoop(Connection connection, JetStreamSubscription subscription, Work work) {
        this.connection = connection;
        this.subscription = subscription;
        this.work = work;
    }

    static FetchLoop start(ForkSettings settings, Work work)
            throws IOException, InterruptedException, JetStreamApiException {
        Connection connection = BareClient.connect(settings.servers());
        FetchLoop loop = new FetchLoop(connection, connection.jetStream().subscribe(null,
                PullSubscribeOptions.bind(settings.topic(), settings.group())), work);
        loop.thread.start();
        return loop;
    }

    private void run() {
        while (!closing) {
            for (Message message : subscription.fetch(BareClient.FETCH, FETCH_TIMEOUT)) {
                work.handle(message.getData());
                message.ack();
            }
        }
    }

    @Override
    public void close() throws Exception {
        closing = true;
        thread.join();
        BareClient.close(connection);
    }
}
