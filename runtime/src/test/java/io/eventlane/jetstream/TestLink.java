package io.eventlane.jetstream;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.eventlane.brokers.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;

/** A connection, and what a listener heard of it. */
final class TestLink implements AutoCloseable, Link.Listener {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    final NatsLink link;
    private final List<String> heard = new ArrayList<>();

    private TestLink(ConnectionSettings settings) {
        link = NatsLink.open(settings);
        link.listen(this);
    }

    static TestLink open(ConnectionSettings settings) {
        return new TestLink(settings);
    }

    /** Returns when it is connected. */
    static TestLink to(NatsServer server) {
        TestLink link = open(ConnectionSettings.of("test", server.url()));
        link.awaitHeard("up");
        return link;
    }

    static TestLink to(NatsServer server, UnaryOperator<ConnectionSettings> change) {
        return open(change.apply(ConnectionSettings.of("test", server.url())));
    }

    Connection connection() {
        return link.connection();
    }

    JetStreamManagement management() throws Exception {
        return connection().jetStreamManagement(link.jetStream());
    }

    Streams streams(TopicSpec... specs) {
        return new Streams(link, TopicSpecs.of(List.of(specs)));
    }

    /** In their order: {@code up}, {@code down}, and what was refused. */
    List<String> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    void awaitHeard(String... all) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).pollDelay(Duration.ZERO)
                .until(() -> heard().equals(List.of(all)));
    }

    @Override
    public void up(Connection connection) {
        hear("up");
    }

    @Override
    public void down() {
        hear("down");
    }

    @Override
    public void refused(String error) {
        hear(error);
    }

    private void hear(String what) {
        synchronized (heard) {
            heard.add(what);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
