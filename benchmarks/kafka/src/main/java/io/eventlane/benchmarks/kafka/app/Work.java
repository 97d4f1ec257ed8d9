package io.eventlane.benchmarks.kafka.app;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import jakarta.inject.Singleton;

import io.eventlane.benchmarks.kafka.ForkSettings;

/** What the handlers of all arms do: check the order, count, and park where the run says so. */
@Singleton
public class Work {

    private final LongAdder started = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final OrderCheck order;
    private final Duration parked;

    Work() {
        ForkSettings settings = ForkSettings.ofSystemProperties();
        order = new OrderCheck(settings.records(), settings.keys());
        parked = Duration.ofMillis(settings.handlerMillis());
    }

    void handle(byte[] payload) {
        started.increment();
        order.started(payload);
        if (!parked.isZero()) {
            park();
        }
        order.ended(payload);
        ended.increment();
    }

    long handled() {
        return ended.sum();
    }

    /** Handlers that run now. */
    long running() {
        long startedBefore = started.sum();
        return Math.max(0, startedBefore - ended.sum());
    }

    OrderCheck order() {
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
