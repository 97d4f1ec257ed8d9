package io.eventlane.runtime.publish;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.eventlane.PublishReceipt;
import io.eventlane.spi.PublishListener;

/** All listeners of the application. */
final class Listeners {

    private final ListenerFeed[] feeds;

    Listeners(List<PublishListener> listeners, int bound) {
        this.feeds = IntStream.range(0, listeners.size())
                .mapToObj(i -> new ListenerFeed(listeners.get(i), i, bound))
                .toArray(ListenerFeed[]::new);
    }

    /**
     * Takes a place with every listener, or with none.
     */
    boolean enter(boolean mayWait) {
        for (int i = 0; i < feeds.length; i++) {
            if (!feeds[i].enter(mayWait)) {
                leave(i);
                return false;
            }
        }
        return true;
    }

    void add(PublishReceipt receipt) {
        for (ListenerFeed feed : feeds) {
            feed.add(receipt);
        }
    }

    void close(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        for (ListenerFeed feed : feeds) {
            feed.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    private void leave(int entered) {
        for (int i = 0; i < entered; i++) {
            feeds[i].leave();
        }
    }
}
