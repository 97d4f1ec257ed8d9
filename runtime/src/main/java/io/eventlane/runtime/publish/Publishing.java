package io.eventlane.runtime.publish;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.eventlane.runtime.codec.Codecs;
import io.eventlane.spi.PublishListener;

/**
 * Everything that publishes in the application: its channels, the thread that tells callers, and the listeners.
 * <p>
 * Callers are told on one thread of our own, {@code eventlane-receipts}, and not on the connector's: whatever an
 * application does in a continuation, the connector goes on.
 */
public final class Publishing {

    /** How many publications may be on their way or not yet heard of by a listener, before publishers are held back. */
    static final int LISTENER_BOUND = 10_000;

    private final Outbounds outbounds;
    private final Drafts drafts;
    private final Listeners listeners;
    private final BooleanSupplier mayWait;

    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final Feed<Publication> receipts = new Feed<>("eventlane-receipts", Publishing::finish);
    private volatile @Nullable String closedBecause;

    /**
     * @param mayWait whether the current thread may be blocked
     */
    public Publishing(Outbounds outbounds, Codecs codecs, List<PublishListener> listeners, BooleanSupplier mayWait) {
        this.outbounds = outbounds;
        this.drafts = new Drafts(codecs);
        this.listeners = new Listeners(listeners, LISTENER_BOUND);
        this.mayWait = mayWait;
    }

    /** The publisher of a channel, which need not be known before. */
    public ChannelPublisher channel(@Nullable String name) {
        return find(name == null ? "" : name).publisher();
    }

    private Channel find(String name) {
        Channel known = channels.get(name);
        return known == null ? learn(name) : known;
    }

    private Channel learn(String name) {
        LazyOutbound outbound = new LazyOutbound(name, outbounds);
        Channel fresh = new Channel(new ChannelPublisher(name, outbounds.topic(name), this, outbound), outbound);
        Channel other = channels.putIfAbsent(name, fresh);
        return other == null ? fresh : other;
    }

    /** Opens the channel before anybody publishes to it. */
    public void warmUp(String channel) {
        find(channel).outbound().get();
    }

    /** From now on, publications fail with the reason {@code CLOSED}. */
    public void refuse(String because) {
        closedBecause = because;
    }

    /**
     * Waits for what is on its way, tells every caller and listener, and ends the threads. Idempotent.
     */
    public void close(Duration deadline) {
        refuse("the application is shutting down");
        long end = System.nanoTime() + deadline.toNanos();
        for (Channel channel : channels.values()) {
            channel.outbound().close(left(end));
        }
        receipts.close(left(end));
        listeners.close(left(end));
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    @Nullable
    String closedBecause() {
        return closedBecause;
    }

    boolean mayWait() {
        return mayWait.getAsBoolean();
    }

    Drafts drafts() {
        return drafts;
    }

    Listeners listeners() {
        return listeners;
    }

    void tell(Publication publication) {
        listeners.add(publication.outcome());
        receipts.add(publication);
    }

    void tellDirectly(Publication publication) {
        listeners.add(publication.outcome());
        publication.finish();
    }

    private static void finish(List<Publication> publications) {
        publications.forEach(Publication::finish);
    }

    private record Channel(ChannelPublisher publisher, LazyOutbound outbound) {
    }
}
