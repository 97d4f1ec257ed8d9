package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import io.eventlane.channel.IncomingChannel;
import io.eventlane.engine.DispatcherListener;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.FailurePolicy;
import io.eventlane.engine.Ordering;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.engine.Verdict;
import io.eventlane.jetstream.ConsumerSettings.Start;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/** Describes an incoming channel and starts a connector for it alone. */
final class TestIncoming {

    private final String url;
    private final List<String> topics;
    private final InboundHandler handler;
    private final List<TopicSpec> specs = new ArrayList<>();
    private String group;
    private Ordering ordering = Ordering.KEY;
    private int maxConcurrency = 64;
    private int maxQueued = 4096;
    private long maxQueuedBytes = 1 << 28;
    private int maxSpan = 10_000;
    private Duration ackWait = Duration.ofSeconds(30);
    private Duration sessionTimeout = Duration.ofSeconds(2);
    private Duration revokeTimeout = Duration.ofSeconds(30);
    private int maxAckPending = 10_000;
    private ConsumerSettings consumer;
    private UnaryOperator<ConnectionSettings> connection = UnaryOperator.identity();
    private FailurePolicy<? super InboundRecord> policy = new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), 0);

    /** How often a handler has failed. */
    final AtomicInteger failures = new AtomicInteger();

    TestIncoming(TestNats nats, String topic, InboundHandler handler) {
        this(nats.url(), topic, handler);
    }

    TestIncoming(String url, String topic, InboundHandler handler) {
        this.url = url;
        this.topics = new ArrayList<>(List.of(topic));
        this.handler = handler;
        this.group = TestNats.group(topic);
    }

    TestIncoming topic(String another) {
        topics.add(another);
        return this;
    }

    TestIncoming group(String other) {
        group = other;
        return this;
    }

    TestIncoming spec(TopicSpec spec) {
        specs.add(spec);
        return this;
    }

    TestIncoming ordering(Ordering other) {
        ordering = other;
        return this;
    }

    TestIncoming maxConcurrency(int max) {
        maxConcurrency = max;
        return this;
    }

    TestIncoming maxQueued(int max) {
        maxQueued = max;
        return this;
    }

    TestIncoming maxQueuedBytes(long max) {
        maxQueuedBytes = max;
        return this;
    }

    TestIncoming maxSpan(int max) {
        maxSpan = max;
        return this;
    }

    TestIncoming ackWait(Duration wait) {
        ackWait = wait;
        return this;
    }

    TestIncoming sessionTimeout(Duration timeout) {
        sessionTimeout = timeout;
        return this;
    }

    TestIncoming revokeTimeout(Duration timeout) {
        revokeTimeout = timeout;
        return this;
    }

    TestIncoming maxAckPending(int max) {
        maxAckPending = max;
        return this;
    }

    /** All settings of consumers but the name, in place of those above. */
    TestIncoming consumer(ConsumerSettings settings) {
        consumer = settings;
        return this;
    }

    TestIncoming connection(UnaryOperator<ConnectionSettings> change) {
        connection = change;
        return this;
    }

    TestIncoming policy(FailurePolicy<? super InboundRecord> other) {
        policy = other;
        return this;
    }

    Running start() {
        return new Running(this);
    }

    JetStreamIncoming definition() {
        return new JetStreamIncoming(new IncomingChannel("orders", "quarkus.eventlane.incoming.orders.", topics,
                new DispatcherSettings("orders", ordering, maxConcurrency, maxQueued, maxQueuedBytes), maxSpan, policy,
                revokeTimeout, Duration.ofMinutes(5), Thread::startVirtualThread, handler, new Listener()),
                settings());
    }

    private ConsumerSettings settings() {
        ConsumerSettings of = consumer;
        return of == null
                ? new ConsumerSettings(group, new Start.All(), ackWait, maxAckPending, 512, -1, 0, 500, Duration.ofSeconds(30),
                        false, sessionTimeout)
                : new ConsumerSettings(group, of.start(), of.ackWait(), of.maxAckPending(), of.maxWaiting(), of.maxDeliver(),
                        of.replicas(), of.fetchBatch(), of.fetchExpires(), of.confirmAcks(), of.sessionTimeout());
    }

    /** A connector that runs; closing it lets handlers finish for up to 30 seconds. */
    static final class Running implements AutoCloseable {

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final NatsLink link;
        private final JetStreamConnector connector;

        Running(TestIncoming channel) {
            TopicSpecs specs = TopicSpecs.of(channel.specs);
            link = NatsLink.open(channel.connection.apply(ConnectionSettings.of("test", channel.url)));
            connector = new JetStreamConnector(link, specs, timer);
            connector.addIncoming(channel.definition());
            connector.startIncoming();
        }

        /** How the channel is doing. */
        ChannelStatus status() {
            return connector.status().getFirst();
        }

        void awaitReady() {
            await().untilAsserted(() -> assertThat(status().troubles()).isEmpty());
        }

        boolean isReady() {
            return status().troubles().isEmpty();
        }

        void close(Duration deadline) {
            connector.closeIncoming(deadline);
            link.close();
            timer.shutdownNow();
        }

        @Override
        public void close() {
            close(Duration.ofSeconds(30));
        }
    }

    private final class Listener implements DispatcherListener<InboundRecord> {

        @Override
        public void onFailure(InboundRecord record, int attempt, Throwable failure, Verdict verdict) {
            failures.incrementAndGet();
        }

        @Override
        public void onStarvation(Duration unmounted) {
            System.err.println("No carrier thread for " + unmounted);
        }

        @Override
        public void onRefusedStart(Throwable refusal) {
            throw new AssertionError(refusal);
        }
    }
}
