package io.eventlane.runtime.publish;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;

/** The outbound of a channel, opened at start or by the first publication; from then on one volatile read. */
final class LazyOutbound {

    private final String channel;
    private final Outbounds outbounds;

    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable Outbound outbound;
    private boolean closed;

    LazyOutbound(String channel, Outbounds outbounds) {
        this.channel = channel;
        this.outbounds = outbounds;
    }

    Outbound get() {
        Outbound open = outbound;
        return open == null ? open() : open;
    }

    private Outbound open() {
        opening.lock();
        try {
            if (closed) {
                throw new OutboundException(Reason.CLOSED, Status.FAILED, "the channel is closed", null);
            }
            Outbound open = outbound;
            if (open == null) {
                open = outbounds.open(channel);
                outbound = open;
            }
            return open;
        } finally {
            opening.unlock();
        }
    }

    void close(Duration deadline) {
        Outbound open;
        opening.lock();
        try {
            closed = true;
            open = outbound;
        } finally {
            opening.unlock();
        }
        if (open != null) {
            open.close(deadline);
        }
    }
}
