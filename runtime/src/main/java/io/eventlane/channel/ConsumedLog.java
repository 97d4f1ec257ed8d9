package io.eventlane.channel;

import org.jspecify.annotations.Nullable;

import io.eventlane.engine.CompletionTracker;
import io.eventlane.engine.KeyedDispatcher;
import io.eventlane.spi.InboundRecord;

/**
 * A log that this process consumes for a channel at present, such as a partition or a stream. What its records need is
 * found here once, not for each record. For the source's thread.
 */
public final class ConsumedLog {

    private final ChannelDispatcher channel;
    private final KeyedDispatcher<InboundRecord> dispatcher;
    private final CompletionTracker<InboundRecord> tracker;

    ConsumedLog(ChannelDispatcher channel, KeyedDispatcher<InboundRecord> dispatcher,
            CompletionTracker<InboundRecord> tracker) {
        this.channel = channel;
        this.dispatcher = dispatcher;
        this.tracker = tracker;
    }

    public String name() {
        return tracker.name();
    }

    public ChannelDispatcher channel() {
        return channel;
    }

    public CompletionTracker<InboundRecord> tracker() {
        return tracker;
    }

    /**
     * Takes a record; {@link ChannelDispatcher#flush()} is due after the last of a batch.
     *
     * @param offset greater than that of the record before it
     * @param key chooses the lane; {@code null} for a record that waits for nobody and nobody waits for. Kept, never
     *        changed
     * @param bytes the size of the record, for the limit
     */
    public void submit(long offset, byte @Nullable [] key, int bytes, InboundRecord record) {
        dispatcher.submit(tracker, offset, key, bytes, record);
    }

    /** Takes a record that is known to have been handled before: it only has its place in the tracker. */
    public void submitDone(long offset) {
        dispatcher.submitDone(tracker, offset);
    }

    /** Whether no more of the log should be taken, whatever room the channel has. */
    public boolean mustPause() {
        return tracker.atSpan() || tracker.isHalted();
    }

    /** Its {@linkplain #name() name}. */
    @Override
    public String toString() {
        return name();
    }
}
