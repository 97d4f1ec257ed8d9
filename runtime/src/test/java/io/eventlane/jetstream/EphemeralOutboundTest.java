package io.eventlane.jetstream;

import static io.eventlane.jetstream.TestPublisher.failureOf;
import static io.eventlane.jetstream.TestPublisher.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.TcpProxy;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.spi.OutboundException;
import io.eventlane.spi.OutboundRecord;
import io.nats.client.Connection;
import io.nats.client.Connection.Status;

/** Publishes to a topic that no stream keeps, over a connection that takes nothing for a while. */
@NeedsNats
@Timeout(60)
class EphemeralOutboundTest {

    private static final int MOST = 20;
    /** So large that the buffers on the way are soon full. */
    private static final int SIZE = 200_000;
    /** Much less than the client takes to notice that nothing gets through. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final TestNats nats = TestNats.shared();
    private final TcpProxy proxy = TcpProxy.to(NatsServer.shared().port());
    private final String topic = TestNats.unique();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private NatsLink link;
    private EphemeralOutbound channel;
    private int sent;

    @BeforeEach
    void open() throws Exception {
        nats.connection.createDispatcher(message -> arrived.add(message.getHeaders().getFirst("X-Event-ID"))).subscribe(topic);
        nats.connection.flush(TestLink.PATIENCE);
        link = NatsLink.open(Links.withReconnect(ConnectionSettings.of("test", "nats://" + proxy.address()),
                new RetryPolicy(Duration.ofMillis(100), Duration.ofMillis(200), 0)));
        channel = new EphemeralOutbound(Channels.to(topic).inFlight(MOST).settings(), link);
        awaitConnected();
    }

    @AfterEach
    void close() {
        proxy.resume();
        channel.close(Duration.ofSeconds(10));
        link.close();
        proxy.close();
        nats.close();
    }

    private void awaitConnected() {
        await().until(() -> link.status().connected());
    }

    private OutboundRecord record() {
        return new OutboundRecord("event-" + sent, null, new byte[SIZE],
                List.of(Map.entry("X-Event-ID", ("event-" + sent).getBytes())));
    }

    /** Publishes without waiting until it is refused, and never waits. */
    private void fill() {
        while (true) {
            long before = System.nanoTime();
            var stage = channel.trySend(record());
            assertThat(System.nanoTime() - before).isLessThan(AT_ONCE.toNanos());
            assertThat(channel.unwritten().count()).isLessThanOrEqualTo(MOST);
            if (stage.toCompletableFuture().isCompletedExceptionally()) {
                assertThat(failureOf(stage).reason()).isEqualTo(Reason.BACK_PRESSURE);
                return;
            }
            sent++;
        }
    }

    /** Until the client cannot write any more, and has as much as it may. */
    private void block() {
        proxy.stall();
        await().pollDelay(Duration.ZERO).during(Duration.ofMillis(200)).until(() -> {
            int before = sent;
            fill();
            return sent == before;
        });
    }

    private void awaitTaken() {
        await().until(() -> !channel.trySend(record()).toCompletableFuture().isCompletedExceptionally());
        sent++;
    }

    @Test
    void whenNothingGetsThrough_thenPublishingIsRefusedAtTheBoundAndNeverWaits() {
        block();
        assertThat(channel.unwritten().count()).isEqualTo(MOST);

        proxy.resume();

        await().until(() -> channel.unwritten().count() == 0);
        awaitTaken();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < sent; i++) {
            all.add("event-" + i);
        }
        await().untilAsserted(() -> assertThat(arrived).containsExactlyElementsOf(all));
    }

    @Test
    void whenNothingGetsThrough_thenOneWhoMayWaitDoesUntilThereIsRoom() throws Exception {
        block();
        OutboundRecord record = record();
        Thread waiting = Thread.ofVirtual().start(() -> join(channel.send(record)));
        assertThat(waiting.join(Duration.ofMillis(300))).isFalse();

        proxy.resume();

        assertThat(waiting.join(TestLink.PATIENCE)).isTrue();
        await().until(() -> arrived.contains(record.eventId()));
    }

    @Test
    void whenTheConnectionIsCutWithAllThatMayBeOnItsWay_thenThereIsRoomAfterwards() {
        for (int cut = 0; cut < 5; cut++) {
            block();
            proxy.cut();
            proxy.resume();
            await().until(() -> channel.unwritten().count() < MOST);
            awaitConnected();
            awaitTaken();
            await().until(() -> arrived.contains("event-" + (sent - 1)));
        }
    }

    @Test
    void whenTheClientGivesUpAConnectionWithAllThatItHad_thenThatCountsNoLonger() throws Exception {
        block();
        assertThat(channel.unwritten().count()).isEqualTo(MOST);
        var old = link.connection();
        Thread.ofVirtual().start(() -> {
            try {
                old.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        proxy.cut();
        await().until(() -> old.getStatus() == Status.CLOSED);
        proxy.resume();

        await().until(() -> link.connection() != old);
        awaitConnected();
        awaitTaken();
        await().until(() -> channel.unwritten().count() == 0);
        awaitTaken();
        await().until(() -> arrived.contains("event-" + (sent - 1)));
    }

    @Test
    void whenNothingGetsThrough_thenClosingEndsInTime() throws Exception {
        block();

        Thread closing = Thread.ofPlatform().daemon().start(() -> channel.close(Duration.ofMillis(100)));

        assertThat(closing.join(AT_ONCE)).isTrue();
    }

    @Test
    void whenTheThreadIsInterruptedInsideTheClient_thenTheOutcomeIsUnknown() {
        EphemeralOutbound interrupted = new EphemeralOutbound(Channels.to(topic).inFlight(MOST).settings(),
                new InterruptingLink(link));

        var failure = failureOf(interrupted.trySend(record()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).returns(PublishReceipt.Status.UNKNOWN, OutboundException::status)
                .hasMessageContaining("interrupted");
        assertThat(interrupted.unwritten().count()).isZero();
    }

    /** Its client is interrupted when it takes an event, and drops that. */
    private record InterruptingLink(NatsLink link) implements Link {

        @Override
        public Connection connection() {
            return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] { Connection.class },
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("publish")) {
                            Thread.currentThread().interrupt();
                            return null;
                        }
                        return method.invoke(link.connection(), arguments);
                    });
        }

        @Override
        public void listen(Listener listener) {
            link.listen(listener);
        }

        @Override
        public LinkStatus status() {
            return link.status();
        }
    }

    @Test
    void whenTheThreadIsInterrupted_thenNothingIsDroppedAndItStaysInterrupted() {
        Thread.currentThread().interrupt();
        for (int i = 0; i < MOST; i++) {
            join(channel.trySend(record()));
            sent++;
        }
        assertThat(Thread.interrupted()).isTrue();
        await().until(() -> arrived.size() == MOST && channel.unwritten().count() == 0);
    }
}
