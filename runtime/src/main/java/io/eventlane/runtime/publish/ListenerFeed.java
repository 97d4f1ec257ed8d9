package io.eventlane.runtime.publish;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.jboss.logging.Logger;

import io.eventlane.PublishReceipt;
import io.eventlane.spi.PublishListener;

/**
 * One listener with its receipts. Each publication takes a place before it is sent and gives it back when the
 * listener has heard of it, so that the queue is bounded and no receipt needs to be dropped.
 */
final class ListenerFeed {

    private static final Logger LOG = Logger.getLogger(ListenerFeed.class);

    private final PublishListener listener;
    private final int bound;
    private final Feed<PublishReceipt> feed;

    private final AtomicInteger taken = new AtomicInteger();
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();

    /**
     * @param bound how many publications may be on their way or unheard, at least 1
     */
    ListenerFeed(PublishListener listener, int index, int bound) {
        this.listener = listener;
        this.bound = bound;
        this.feed = new Feed<>("eventlane-listener-" + index, this::deliver);
    }

    /**
     * Takes a place.
     *
     * @param mayWait whether to wait for one; the listener's own thread never waits for itself
     * @return {@code false} when there is none, or the wait was interrupted
     */
    boolean enter(boolean mayWait) {
        if (tryEnter()) {
            return true;
        }
        return mayWait && !feed.isOwnThread() && awaitPlace();
    }

    /** Gives a place back that is not needed. */
    void leave() {
        leave(1);
    }

    void add(PublishReceipt receipt) {
        feed.add(receipt);
    }

    void close(Duration deadline) {
        if (!feed.close(deadline)) {
            LOG.warnf("%s had not finished with its receipts when the shutdown's time was over; %d were not handed to it",
                    listener.getClass().getName(), feed.size());
        }
    }

    private boolean tryEnter() {
        int now = taken.get();
        while (now < bound) {
            if (taken.compareAndSet(now, now + 1)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    private boolean awaitPlace() {
        Thread self = Thread.currentThread();
        waiting.add(self);
        try {
            while (!tryEnter()) {
                if (self.isInterrupted()) {
                    return false;
                }
                LockSupport.park(this);
            }
            return true;
        } finally {
            waiting.remove(self);
        }
    }

    private void leave(int places) {
        taken.addAndGet(-places);
        waiting.forEach(LockSupport::unpark);
    }

    private void deliver(List<PublishReceipt> receipts) {
        try {
            listener.onReceipts(List.copyOf(receipts));
        } catch (Throwable failure) {
            LOG.errorf(failure, "%s#onReceipts failed for %d receipts; they are not handed to it again",
                    listener.getClass().getName(), receipts.size());
        } finally {
            leave(receipts.size());
        }
    }
}
