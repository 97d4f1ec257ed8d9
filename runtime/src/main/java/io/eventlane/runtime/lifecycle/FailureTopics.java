package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.eventlane.spi.Outbound;

/** The topics of one connector that failed events are sent to, as far as they are open. Safe for any thread. */
final class FailureTopics {

    private final Queue<Outbound> open = new ConcurrentLinkedQueue<>();

    /** @return the same */
    Outbound add(Outbound outbound) {
        open.add(outbound);
        return outbound;
    }

    /** Closes all of them, within the time together. Idempotent. */
    void close(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        open.forEach(outbound -> outbound.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
}
