package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.TcpProxy;

/** The server, the connection or the consumer goes away in the middle of the work, and comes back. */
class JetStreamOutageTest {

    private final NatsServer server = NatsServer.start();
    private final TestNats nats = new TestNats(server.url());
    private final String topic = nats.topic();

    @AfterEach
    void close() {
        nats.close();
        server.close();
    }

    @Test
    void whenTheConnectionIsCutInTheMiddleOfAcknowledgements_thenNothingIsLostOrOutOfOrder() throws Exception {
        try (TcpProxy proxy = TcpProxy.to(server.port());
                var flow = new SteadyMessages(nats, "nats://" + proxy.address(), topic, channel -> {
                })) {
            for (int cut = 0; cut < 15; cut++) {
                flow.awaitMore(100);
                proxy.cut();
            }
            flow.finishInOrder();
        }
    }

    @Test
    void whenTheServerIsKilled_thenTheChannelSaysSoAndGoesOnInOrderAndRepeatsNothing() throws Exception {
        try (var flow = new SteadyMessages(nats, server.url(), topic, channel -> {
        })) {
            for (int kill = 0; kill < 3; kill++) {
                flow.awaitMore(200);
                server.kill();
                flow.awaitTrouble("server");
                server.restart();
                flow.awaitMore(200);
                flow.awaitReady();
            }
            flow.finishInOrder();
            assertThat(flow.journal.starts.get()).isEqualTo(flow.journal.finished());
        }
    }

    @Test
    @Tag("wide")
    void whenTheServerIsFrozen_thenTheChannelSaysSoAndGoesOnInOrder() throws Exception {
        try (var flow = new SteadyMessages(nats, server.url(), topic, channel -> {
        })) {
            flow.awaitMore(200);
            server.freeze();
            flow.awaitTrouble("server");
            server.thaw();
            flow.awaitMore(500);
            flow.awaitReady();
            flow.finishInOrder();
        }
    }

    @Test
    void whenTheConsumerIsDeleted_thenItGoesOnWhereItWasAndRepeatsNothing() throws Exception {
        try (var flow = new SteadyMessages(nats, server.url(), topic, channel -> {
        })) {
            for (int deletion = 0; deletion < 3; deletion++) {
                flow.awaitMore(200);
                // What it held may last longer than the consumer that was deleted before.
                await().ignoreExceptions().until(() -> nats.consumer(topic) != null);
                nats.management().deleteConsumer(TopicSpec.streamOf(topic), TestNats.group(topic));
            }
            flow.awaitMore(200);
            flow.finishInOrder();
            assertThat(flow.journal.starts.get()).isEqualTo(flow.journal.finished());
        }
    }

    @Test
    void whenTheStreamIsDeletedAndCreatedAgain_thenItIsReadFromItsBeginning() throws Exception {
        var flow = new SteadyMessages(nats, server.url(), topic, channel -> {
        });
        try (flow) {
            flow.awaitMore(200);
            long all = flow.stopPublishing();
            await().until(() -> flow.journal.finished() == all);
            // It has looked how far the server is, and knows sequences of this stream.
            AtomicInteger looks = new AtomicInteger();
            nats.connection.createDispatcher(look -> looks.incrementAndGet())
                    .subscribe("$JS.API.CONSUMER.INFO." + TopicSpec.streamOf(topic) + ".>");
            await().until(() -> looks.get() > 0);
            nats.management().deleteStream(TopicSpec.streamOf(topic));
            nats.createStream(topic);
            for (int i = 0; i < 10; i++) {
                nats.send(topic, "new", Integer.toString(i));
            }
            await().atMost(Duration.ofMinutes(1)).until(() -> flow.journal.finished() == all + 10);
        }
        flow.journal.assertInOrder();
    }

    @Test
    void whenTheStreamIsPurgedWithMessagesInForeignHands_thenNobodyWaitsForThem() throws Exception {
        nats.sendNumbered(topic, 10, 0, 10);
        ForeignConsumer foreign = ForeignConsumer.take(nats, topic, 60);
        nats.management().purgeStream(TopicSpec.streamOf(topic));
        nats.send(topic, "new", "0");
        try (var flow = new SteadyMessages(nats, server.url(), topic, channel -> {
        })) {
            flow.awaitMore(SteadyMessages.KEYS);
            flow.awaitReady();
            foreign.close();
        }
    }
}
