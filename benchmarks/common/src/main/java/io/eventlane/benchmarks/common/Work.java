package io.eventlane.benchmarks.common;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What the handlers of all arms do: check the order, count, and park where the run says so. */
public final class Work implements Progress {

    private final LongAdder started = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final OrderCheck order;
    private final Duration parked;

    public Work(ForkSettings settings) {
        order = new OrderCheck(settings.records(), settings.keys().count());
        parked = Duration.ofMillis(settings.handlerMillis());
    }

    public void handle(byte[] payload) {
        started.increment();
        order.started(payload);
        if (!parked.isZero()) {
            park();
        }
        order.ended(payload);
        ended.increment();
    }

    @Override
    public long done() {
        return ended.sum();
    }

    @Override
    public long running() {
        long startedBefore = started.sum();
        return Math.max(0, startedBefore - ended.sum());
    }

    public OrderCheck order() {
        return order;
    }

    private void park() {
        try {
            Thread.sleep(parked);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
