package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.eventlane.brokers.NatsLine;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.eventlane.brokers.NatsServers;
import io.eventlane.channel.MemberProcess;
import io.eventlane.channel.MemberProcess.Start;
import io.nats.client.api.PriorityPolicy;

/** Order, on servers of each release. */
@Tag("wide")
class JetStreamReleasesTest {

    private static final int KEYS = 40;
    private static final int PER_KEY = 40;

    @ParameterizedTest
    @EnumSource
    void whenInstancesAreKilledAndTheServerIs_thenNothingIsLostOrOutOfOrder(NatsLine line) throws Exception {
        assumeThat(NatsServers.has(line)).as("a nats-server of %s", line).isTrue();
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withRelease(NatsServers.of(line)));
                TestNats nats = new TestNats(server.url())) {
            String topic = nats.topic();
            nats.sendNumbered(topic, KEYS, 0, PER_KEY);
            Queue<Start> starts = new ConcurrentLinkedQueue<>();
            try (var first = new MemberProcess(MemberMain.class, nats.url(), topic, 20, "1", "2")) {
                await().until(() -> first.startCount() > 200);
                first.kill();
                try (var second = new TestIncoming(nats, topic, (record, delivery) -> starts
                        .add(new Start(System.nanoTime(), TestNats.text(record.key()), TestNats.text(record.payload()))))
                        .start()) {
                    await().until(() -> JetStreamCrashTest.last(starts).values().stream().mapToInt(n -> n + 1)
                            .sum() == KEYS * PER_KEY);
                }
                JetStreamCrashTest.assertInOrder(first.starts(), List.copyOf(starts));
            }
            String other = nats.topic();
            try (var flow = new SteadyMessages(nats, server.url(), other, channel -> {
            })) {
                flow.awaitMore(200);
                server.kill();
                server.restart();
                flow.awaitMore(200);
                await().ignoreExceptions().until(() -> nats.consumer(other) != null);
                nats.management().deleteConsumer(TopicSpec.streamOf(other), TestNats.group(other));
                flow.awaitMore(200);
                flow.finishInOrder();
            }
            assertThat(nats.consumer(topic).getConsumerConfiguration().getPriorityPolicy())
                    .isEqualTo(line == NatsLine.NEWEST ? PriorityPolicy.PinnedClient : PriorityPolicy.None);
        }
    }

    /** A request of the frozen instance stands at the server, which must not serve it any more. */
    @ParameterizedTest
    @EnumSource(names = { "STANDARD", "NEWEST" })
    void whenAnInstanceIsFrozen_thenAnotherTakesOverAtOnceWhenItsSessionIsOver(NatsLine line) throws Exception {
        assumeThat(NatsServers.has(line)).as("a nats-server of %s", line).isTrue();
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withRelease(NatsServers.of(line)));
                TestNats nats = new TestNats(server.url())) {
            String topic = nats.topic();
            nats.sendNumbered(topic, KEYS, 0, PER_KEY);
            Queue<Start> starts = new ConcurrentLinkedQueue<>();
            try (var first = new MemberProcess(MemberMain.class, nats.url(), topic, 50, "1", "2")) {
                await().until(() -> first.startCount() > 200);
                first.freeze();
                try (var second = new TestIncoming(nats, topic, (record, delivery) -> starts
                        .add(new Start(System.nanoTime(), TestNats.text(record.key()), TestNats.text(record.payload()))))
                        .start()) {
                    await().until(() -> JetStreamCrashTest.last(starts).values().stream().mapToInt(n -> n + 1)
                            .sum() == KEYS * PER_KEY);
                    JetStreamCrashTest.assertInOrder(first.starts(), List.copyOf(starts));
                }
            }
        }
    }
}
