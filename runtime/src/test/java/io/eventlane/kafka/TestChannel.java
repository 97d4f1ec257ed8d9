package io.eventlane.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import io.eventlane.channel.IncomingChannel;
import io.eventlane.engine.DispatcherListener;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.FailurePolicy;
import io.eventlane.engine.Ordering;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/** Describes an incoming channel and starts a connector for it alone. */
final class TestChannel {

    private final String servers;
    private final List<String> topics;
    private final InboundHandler handler;
    private final Map<String, String> attributes = new HashMap<>();
    private int maxConcurrency = 64;
    private int maxQueued = 4096;
    private int maxSpan = 10_000;
    private Duration revokeTimeout = Duration.ofSeconds(30);
    private Duration commitInterval = Duration.ofMillis(50);
    private Duration maxAge = Duration.ofMinutes(5);
    private FailurePolicy<? super InboundRecord> policy = new RetryPolicy(Duration.ofMillis(20), Duration.ofMillis(100), 0);

    /** How often a handler has failed. */
    final AtomicInteger failures = new AtomicInteger();

    TestChannel(KafkaTestBroker broker, String topic, InboundHandler handler) {
        this(broker.servers(), topic, handler);
    }

    TestChannel(String servers, String topic, InboundHandler handler) {
        this.servers = servers;
        this.topics = new ArrayList<>(List.of(topic));
        this.handler = handler;
        group(topic + "-group");
    }

    TestChannel group(String group) {
        return attribute("group.id", group);
    }

    TestChannel attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    TestChannel maxConcurrency(int max) {
        maxConcurrency = max;
        return this;
    }

    TestChannel maxQueued(int max) {
        maxQueued = max;
        return this;
    }

    TestChannel maxSpan(int max) {
        maxSpan = max;
        return this;
    }

    TestChannel revokeTimeout(Duration timeout) {
        revokeTimeout = timeout;
        return this;
    }

    TestChannel commitInterval(Duration interval) {
        commitInterval = interval;
        return this;
    }

    TestChannel maxAge(Duration age) {
        maxAge = age;
        return this;
    }

    /** Reads one more topic. */
    TestChannel alsoReading(String topic) {
        topics.add(topic);
        return this;
    }

    TestChannel policy(FailurePolicy<? super InboundRecord> other) {
        policy = other;
        return this;
    }

    KafkaIncoming definition() {
        return definition("orders");
    }

    private KafkaIncoming definition(String channel) {
        return new KafkaIncoming(new IncomingChannel(channel, "quarkus.eventlane.incoming." + channel + ".", topics,
                new DispatcherSettings(channel, Ordering.KEY, maxConcurrency, maxQueued, 1 << 28), maxSpan, policy,
                revokeTimeout, maxAge, Thread::startVirtualThread, handler, new Listener()), attributes, commitInterval);
    }

    /** A channel that is looked at, not run. */
    static KafkaIncoming definition(String channel, String topic, Map<String, String> attributes) {
        TestChannel any = new TestChannel("nobody", topic, (record, delivery) -> {
        });
        any.attributes.clear();
        any.attributes.putAll(attributes);
        return any.definition(channel);
    }

    Running start() {
        return new Running(List.of(definition()), servers);
    }

    /** A connector that runs; closing it lets handlers finish for up to 30 seconds. */
    static final class Running implements AutoCloseable {

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        private final KafkaConnector connector;

        Running(List<KafkaIncoming> channels, String servers) {
            connector = KafkaConnector.open(new KafkaConnector.Definition(Map.of("bootstrap.servers", servers), channels,
                    List.of(), Set.of(), Set.of(), timer));
            connector.startIncoming();
        }

        /** How the channel is doing. */
        ChannelStatus status() {
            return connector.status().getFirst();
        }

        void close(Duration deadline) {
            connector.closeIncoming(deadline);
            connector.closeOutgoing(deadline);
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
