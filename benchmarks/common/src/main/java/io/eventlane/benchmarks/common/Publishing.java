package io.eventlane.benchmarks.common;

import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;

/** Publishes the records of a topic one after the other, on a thread of its own, while it is measured. */
public final class Publishing implements Progress {

    private final ForkSettings settings;
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private volatile @Nullable Throwable failure;

    /** One way to publish. */
    public interface Way {

        /** Returns when the next record may come, and leads to {@link Publishing#answered}, now or later. */
        void publish(String key, byte[] payload) throws Exception;
    }

    public Publishing(ForkSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns when all records are acknowledged, or at the timeout.
     *
     * @throws IllegalStateException when one of them could not be published
     */
    public Outcome measure(Way way) throws InterruptedException {
        Thread publisher = Thread.ofPlatform().name("publisher").start(() -> publish(way));
        Outcome outcome = new Stopwatch(settings, this).measure();
        publisher.join();
        if (failure != null) {
            throw new IllegalStateException("A record could not be published", failure);
        }
        return outcome;
    }

    private void publish(Way way) {
        Records records = new Records(settings.keys(), settings.bytes());
        for (int number = 0; number < settings.records(); number++) {
            byte[] payload = records.next();
            sent.increment();
            try {
                way.publish(records.key(), payload);
            } catch (Exception e) {
                answered(null, e);
            }
        }
    }

    /** A record was acknowledged, or has failed. */
    public void answered(@Nullable Object acknowledgement, @Nullable Throwable thrown) {
        if (thrown != null) {
            failure = thrown;
        }
        answered.increment();
    }

    @Override
    public long done() {
        return answered.sum();
    }

    /** Sent and not answered. */
    @Override
    public long running() {
        long answeredBefore = answered.sum();
        return Math.max(0, sent.sum() - answeredBefore);
    }
}
