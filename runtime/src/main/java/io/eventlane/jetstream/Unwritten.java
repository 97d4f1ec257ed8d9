package io.eventlane.jetstream;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

import io.nats.client.impl.Headers;

/**
 * How many events of a channel the client has taken and not written to the socket yet. The client knows that itself, but says
 * it only when it does not write at the moment, which may take as long as the network does. Safe for any thread; takes no lock.
 * <p>
 * Events have numbers, and are written in the order of their numbers, give or take the threads that publish at once. What the
 * client has lost counts until a later one is written.
 */
final class Unwritten {

    private final int most;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    /** The connection that the latest event was taken for. */
    private volatile @Nullable LinkStatus latest;

    /**
     * @param most how many there may be
     */
    Unwritten(int most) {
        this.most = most;
    }

    long count() {
        return taken.get() - written.get();
    }

    /**
     * Whether no more may be taken. With a connection that was made since the latest was taken there is room for one more: all
     * that is counted may be lost, which shows when that one is written.
     */
    boolean isFull(LinkStatus link) {
        return count() >= most && (!link.connected() || isLatest(link));
    }

    /** Whether it is the connection that the latest event was taken for. */
    boolean isLatest(LinkStatus link) {
        return link.equals(latest);
    }

    /**
     * To be called when the client is about to take an event.
     *
     * @return its headers, by which it shows that it is written
     */
    Headers take(byte[] headers, LinkStatus link) {
        if (!isLatest(link)) {
            latest = link;
        }
        return new WrittenHeaders(headers, taken.incrementAndGet(), this::written);
    }

    /** The client has not taken it after all. */
    void notTaken() {
        taken.decrementAndGet();
    }

    private void written(long number) {
        written.accumulateAndGet(number, Math::max);
    }

    /** Says when the client copies them into what it writes next. */
    private static final class WrittenHeaders extends BytesAsHeaders {

        private final long number;
        private final LongConsumer written;

        WrittenHeaders(byte[] bytes, long number, LongConsumer written) {
            super(bytes);
            this.number = number;
            this.written = written;
        }

        @Override
        void copyTo(int position, byte[] target) {
            System.arraycopy(bytes, 0, target, position, bytes.length);
            written.accept(number);
        }
    }
}
