package io.eventlane.jetstream;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.eventlane.spi.ChannelStatus;

/** The application's channels on JetStream. They share one connection. */
public final class JetStreamConnector {

    private static final int ID_BITS = 48;

    private final TopicSpecs topics;
    private final Link link;
    private final Streams streams;
    private final ScheduledExecutorService timer;
    private final String instance = Long.toString(new SecureRandom().nextLong(1L << ID_BITS), Character.MAX_RADIX);
    private final GroupKeeper groups;
    private final List<JetStreamSource> sources = new CopyOnWriteArrayList<>();

    JetStreamConnector(Link link, TopicSpecs topics, Streams streams, ScheduledExecutorService timer) {
        this.link = link;
        this.topics = topics;
        this.streams = streams;
        this.timer = timer;
        this.groups = new GroupKeeper(link);
    }

    /** Adds an incoming channel, before {@link #startIncoming()}. */
    public void addIncoming(JetStreamIncoming channel) {
        sources.add(new JetStreamSource(channel, topics, link, streams, groups, instance, timer));
    }

    /** Begins to consume. Returns before a server was reached. */
    public void startIncoming() {
        sources.forEach(JetStreamSource::start);
        groups.start();
    }

    /** How the incoming channels are doing. Safe for any thread. */
    public List<ChannelStatus> status() {
        return sources.stream().map(JetStreamSource::status).toList();
    }

    /**
     * Takes no more, waits up to the deadline for running handlers, acknowledges what is done, gives the rest back, and
     * leaves the groups. Outgoing channels stay open, for what the handlers publish. Idempotent.
     */
    public void closeIncoming(Duration deadline) {
        inParallel(sources, source -> source.close(deadline));
        groups.close(deadline);
    }

    /** The deadline is the same for all, so none may wait for another. */
    private static <T> void inParallel(Collection<T> items, Consumer<T> close) {
        List<Thread> closers = items.stream()
                .map(item -> Thread.ofPlatform().name("eventlane-jetstream-close").start(() -> close.accept(item))).toList();
        try {
            for (Thread closer : closers) {
                closer.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
