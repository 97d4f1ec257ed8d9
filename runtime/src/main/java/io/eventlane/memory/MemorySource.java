package io.eventlane.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.engine.CompletionTracker;
import io.eventlane.engine.Drain;
import io.eventlane.engine.Lease;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;
import io.eventlane.spi.InboundRecord;

/** Hands the events of the topics to the channels that read them, on one platform thread for all channels. */
final class MemorySource {

    /** The dispatchers are looked after at least so often. */
    private static final Duration PULSE = Duration.ofMillis(500);
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<MemoryChannel> channels;
    private final Thread thread = Thread.ofPlatform().name("eventlane-memory").daemon().unstarted(this::run);

    // Owned by the thread

    private long nextPulse = System.nanoTime();
    private long nextLook = nextPulse;

    // Shared

    private volatile boolean parked;
    private volatile long closeBy;
    private volatile boolean closing;
    private volatile List<ChannelStatus> picture;
    private volatile @Nullable Instant ended;

    MemorySource(List<MemoryIncoming> incoming, MemoryTopics topics, ScheduledExecutorService timer) {
        channels = incoming.stream().map(channel -> {
            channel.channel().topics().forEach(topic -> topics.topic(topic).onAppend(this::wake));
            return new MemoryChannel(channel.group(),
                    new ChannelDispatcher(channel.channel(), 1, timer, this::wake, Lease.unlimited()), topics);
        }).toList();
        picture = look(List.of(new Trouble(Severity.NOT_STARTED, "has not begun to read yet", Instant.now())));
    }

    private List<ChannelStatus> look(List<Trouble> troubles) {
        return channels.stream().map(channel -> channel.look(troubles)).toList();
    }

    // Any thread

    void start() {
        thread.start();
    }

    /** There may be something to take. */
    private void wake() {
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    List<ChannelStatus> statuses() {
        Instant since = ended;
        if (since == null) {
            return picture;
        }
        List<Trouble> dead = List.of(new Trouble(Severity.DEAD, "the thread that reads has ended", since));
        return picture.stream()
                .map(status -> new ChannelStatus(status.channel(), status.connector(), status.facts(), dead)).toList();
    }

    /** Takes no more, and waits up to the deadline for the handlers that run. Idempotent. */
    void close(Duration deadline) {
        if (!closing) {
            closeBy = System.nanoTime() + deadline.toNanos();
            closing = true;
            LockSupport.unpark(thread);
        }
        try {
            if (thread.getState() != Thread.State.NEW) {
                thread.join(deadline.plus(PULSE.multipliedBy(4)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The loop

    private void run() {
        try {
            while (!closing) {
                if (!take()) {
                    rest();
                }
                lookAfter(System.nanoTime());
            }
        } finally {
            end();
        }
    }

    private boolean take() {
        boolean took = false;
        for (MemoryChannel channel : channels) {
            took |= channel.take();
        }
        return took;
    }

    /** Waits until there may be something to take. */
    private void rest() {
        parked = true;
        // Whoever publishes or makes room from now on sees that the thread is to be woken.
        if (!take() && !closing) {
            LockSupport.parkNanos(this, PULSE.toNanos());
        }
        parked = false;
    }

    private void lookAfter(long now) {
        if (now - nextPulse >= 0) {
            nextPulse = now + PULSE.toNanos();
            channels.forEach(MemoryChannel::housekeep);
        }
        if (now - nextLook >= 0) {
            nextLook = now + LOOK_EVERY_NANOS;
            picture = look(List.of());
        }
    }

    private void end() {
        List<CompletionTracker<InboundRecord>> trackers = channels.stream().flatMap(channel -> channel.trackers().stream())
                .toList();
        channels.forEach(MemoryChannel::leave);
        Duration left = Duration.ofNanos(closing ? Math.max(0, closeBy - System.nanoTime()) : 0);
        Drain.await(trackers, left, PULSE, () -> channels.forEach(MemoryChannel::housekeep));
        channels.forEach(MemoryChannel::end);
        ended = Instant.now();
    }
}
