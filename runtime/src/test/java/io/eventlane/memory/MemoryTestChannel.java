package io.eventlane.memory;

import java.time.Duration;
import java.util.List;

import io.eventlane.channel.IncomingChannel;
import io.eventlane.engine.DispatcherListener;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.FailurePolicy;
import io.eventlane.engine.Ordering;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.engine.Verdict;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/** Describes an incoming channel. */
final class MemoryTestChannel {

    private final String name;
    private final List<String> topics;
    private final InboundHandler handler;
    private String group;
    private int maxConcurrency = 64;
    private int maxQueued = 4096;
    private int maxSpan = 10_000;
    private FailurePolicy<? super InboundRecord> policy = new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(5), 0);

    MemoryTestChannel(String name, List<String> topics, InboundHandler handler) {
        this.name = name;
        this.topics = topics;
        this.handler = handler;
        this.group = "group of " + name;
    }

    MemoryTestChannel group(String other) {
        group = other;
        return this;
    }

    MemoryTestChannel maxConcurrency(int max) {
        maxConcurrency = max;
        return this;
    }

    MemoryTestChannel maxQueued(int max) {
        maxQueued = max;
        return this;
    }

    MemoryTestChannel maxSpan(int max) {
        maxSpan = max;
        return this;
    }

    MemoryTestChannel policy(FailurePolicy<? super InboundRecord> other) {
        policy = other;
        return this;
    }

    MemoryIncoming definition() {
        return new MemoryIncoming(new IncomingChannel(name, "quarkus.eventlane.incoming." + name + ".", topics,
                new DispatcherSettings(name, Ordering.KEY, maxConcurrency, maxQueued, 1 << 28), maxSpan, policy,
                Duration.ofSeconds(30), Duration.ofMinutes(5), Thread::startVirtualThread, handler, new Listener()), group);
    }

    private static final class Listener implements DispatcherListener<InboundRecord> {

        @Override
        public void onFailure(InboundRecord record, int attempt, Throwable failure, Verdict verdict) {
        }

        @Override
        public void onStarvation(Duration unmounted) {
        }

        @Override
        public void onRefusedStart(Throwable refusal) {
            throw new AssertionError(refusal);
        }
    }
}
