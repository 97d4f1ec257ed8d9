package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.api.ServerInfo;

/** What is told of why a connection was lost. */
class LinkEventsTest {

    private static final ServerInfo SERVER = new ServerInfo(
            "{\"server_name\":\"s\",\"server_id\":\"i\",\"version\":\"2.10.27\"}");

    private final AtomicLong nanos = new AtomicLong();
    private final LinkEvents events = new LinkEvents(Runnable::run, event -> {
    }, List.of(), nanos::get);
    private final Connection connection = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
            new Class<?>[] { Connection.class }, (proxy, method, arguments) -> switch (method.getName()) {
                case "getServerInfo" -> SERVER;
                case "getConnectedUrl" -> "nats://there:4222";
                default -> throw new AssertionError(method);
            });

    @BeforeEach
    void connect() {
        tell(Events.CONNECTED);
        events.errorOccurred(connection, "Invalid Publish Subject");
    }

    private void tell(Events event) {
        events.connectionEvent(connection, event, 0L, null);
    }

    @Test
    void whenTheServerCloses_thenItsWordIsWhyAndNotTheExceptionThatFollows() {
        events.exceptionOccurred(connection, new IOException("Read channel closed"));
        tell(Events.DISCONNECTED);

        assertThat(events.status().trouble()).isEqualTo("Invalid Publish Subject");
    }

    @Test
    void whenTheConnectionIsLostMuchLater_thenWhatTheServerSaidIsNotWhy() {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        tell(Events.DISCONNECTED);

        assertThat(events.status()).returns(false, LinkStatus::connected).returns(null, LinkStatus::trouble);
    }

    @Test
    void whenTheConnectionFailsMuchLater_thenTheExceptionIsWhy() {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        events.exceptionOccurred(connection, new IOException("Read channel closed"));
        tell(Events.DISCONNECTED);

        assertThat(events.status().trouble()).isEqualTo("Read channel closed");
    }
}
