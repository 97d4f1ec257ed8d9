package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import io.nats.client.Connection;

@NeedsNats
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NatsServerBehindProxyTest {

    private NatsServer server;
    private TcpProxy proxy;

    @BeforeAll
    void start() {
        server = NatsServer.start();
        proxy = TcpProxy.to(server.port());
    }

    @AfterAll
    void end() {
        proxy.close();
        server.close();
    }

    @Test
    void whenAClientConnects_thenItKnowsTheProxyAlone() throws Exception {
        try (Connection client = connect()) {
            assertThat(client.getServers()).containsExactly("nats://" + proxy.address());
        }
    }

    @Test
    void whenCutAndRefusing_thenTheClientIsAwayUntilConnectionsAreAccepted() throws Exception {
        try (Connection client = connect()) {
            proxy.refuse();
            proxy.cut();
            await().until(() -> client.getStatus() != Connection.Status.CONNECTED);
            proxy.accept();

            await().until(() -> client.getStatus() == Connection.Status.CONNECTED);
        }
    }

    @Test
    void whenStalled_thenAMessageWaitsUntilResumed() throws Exception {
        try (Connection client = connect()) {
            NatsClients.createStream(client, "stalled", 1);

            proxy.stall();
            var sent = client.jetStream().publishAsync("stalled", "one".getBytes());
            assertThatThrownBy(() -> sent.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            proxy.resume();

            assertThat(sent.get().getSeqno()).isEqualTo(1);
        }
    }

    private Connection connect() throws Exception {
        return NatsClients.connect("nats://" + proxy.address());
    }
}
