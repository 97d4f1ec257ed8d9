package io.eventlane.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** A dispatcher with what surrounds it; the test's thread is the source's. Records are strings. */
final class TestEngine implements AutoCloseable, DispatcherListener<String> {

    record Failure(String record, int attempt, Throwable failure) {
    }

    final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    final Queue<Duration> starvations = new ConcurrentLinkedQueue<>();
    final Queue<Throwable> refusals = new ConcurrentLinkedQueue<>();
    final AtomicInteger wakes = new AtomicInteger();
    final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private final RecordHandler<String> handler;
    private Executor threads = Thread::startVirtualThread;
    private DispatcherListener<String> listener = this;
    private Ordering ordering = Ordering.KEY;
    private RetryPolicy retry = new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 0);
    private int maxConcurrency = 4;
    private int maxQueued = 1000;
    private @Nullable KeyedDispatcher<String> dispatcher;

    TestEngine(RecordHandler<String> handler) {
        this.handler = handler;
    }

    // Settings, before the first use

    TestEngine threads(Executor executor) {
        threads = executor;
        return this;
    }

    TestEngine listener(DispatcherListener<String> other) {
        listener = other;
        return this;
    }

    TestEngine ordering(Ordering other) {
        ordering = other;
        return this;
    }

    TestEngine retryAfter(Duration delay) {
        retry = new RetryPolicy(delay, delay, 0);
        return this;
    }

    TestEngine maxConcurrency(int max) {
        maxConcurrency = max;
        return this;
    }

    TestEngine maxQueued(int max) {
        maxQueued = max;
        return this;
    }

    // Use

    KeyedDispatcher<String> dispatcher() {
        if (dispatcher == null) {
            dispatcher = new KeyedDispatcher<>(
                    new DispatcherSettings("orders", ordering, maxConcurrency, maxQueued, 1 << 20), retry, handler,
                    threads, timer, wakes::incrementAndGet, listener);
        }
        return dispatcher;
    }

    CompletionTracker<String> track() {
        return dispatcher().track("orders-0", 10_000);
    }

    /** Submits a record of 10 bytes, and flushes. */
    void submit(CompletionTracker<String> tracker, long offset, @Nullable String key, String record) {
        dispatcher().submit(tracker, offset, key == null ? null : key.getBytes(StandardCharsets.UTF_8), 10, record);
        dispatcher().flush();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    // What the listener hears

    @Override
    public void onFailure(String record, int attempt, Throwable failure, Verdict verdict) {
        failures.add(new Failure(record, attempt, failure));
    }

    @Override
    public void onStarvation(Duration unmounted) {
        starvations.add(unmounted);
    }

    @Override
    public void onRefusedStart(Throwable refusal) {
        refusals.add(refusal);
    }
}
