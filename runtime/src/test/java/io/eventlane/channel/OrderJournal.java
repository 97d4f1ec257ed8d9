package io.eventlane.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.InboundRecord;

/**
 * Watches handlers whose records are numbered within their key from 0, and finds what breaks the order: a record that
 * starts before the one in front of it has finished, or while another run of its key is under way. Several consumers
 * may share one.
 */
public final class OrderJournal {

    /** What a handler does with a record between its start and its end. */
    @FunctionalInterface
    public interface Work {

        void on(InboundRecord record, InboundHandler.Delivery delivery) throws Throwable;
    }

    private static final class Key {

        final AtomicInteger running = new AtomicInteger();
        final AtomicLong finished = new AtomicLong(-1);
    }

    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();
    public final AtomicLong starts = new AtomicLong();

    public InboundHandler handler(Work work) {
        return (record, delivery) -> {
            String name = new String(record.key(), UTF_8);
            long number = Long.parseLong(new String(record.payload(), UTF_8));
            Key key = keys.computeIfAbsent(name, k -> new Key());
            starts.incrementAndGet();
            if (key.running.getAndIncrement() != 0) {
                violations.add("two runs of %s at once, at %d".formatted(name, number));
            }
            if (number > key.finished.get() + 1) {
                violations.add("%s: %d started when %d was the last one finished".formatted(name, number, key.finished.get()));
            }
            try {
                work.on(record, delivery);
                key.finished.accumulateAndGet(number, Math::max);
            } finally {
                key.running.decrementAndGet();
            }
        };
    }

    /** How many different records have been finished, if none was skipped. */
    public long finished() {
        return keys.values().stream().mapToLong(key -> key.finished.get() + 1).sum();
    }

    public void assertInOrder() {
        assertThat(violations).isEmpty();
    }
}
