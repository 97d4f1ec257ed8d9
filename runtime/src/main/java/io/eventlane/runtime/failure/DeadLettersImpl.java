package io.eventlane.runtime.failure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.eventlane.DeadLetter;
import io.eventlane.DeadLetters;
import io.eventlane.EventlaneException;
import io.eventlane.Replay;
import io.eventlane.ReplayException;
import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.channel.NearestName;

/** The dead letters of the application's channels. */
public final class DeadLettersImpl implements DeadLetters {

    private record Channel(FailureTreatment treatment, @Nullable DeadLetterReplay replay, AtomicBoolean running) {
    }

    private final BooleanSupplier mayWait;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private volatile @Nullable String closedBecause;

    /**
     * @param mayWait whether the current thread may block
     */
    public DeadLettersImpl(BooleanSupplier mayWait) {
        this.mayWait = mayWait;
    }

    /**
     * @param replay {@code null} where no event of the channel goes to a dead-letter topic
     */
    public void add(String channel, FailureTreatment treatment, @Nullable DeadLetterReplay replay) {
        channels.put(channel, new Channel(treatment, replay, new AtomicBoolean()));
    }

    /** Stops replays, and refuses those that come. */
    public void close(String because) {
        closedBecause = because;
    }

    @Override
    public Replay replay(String channel) {
        return replay(channel, letter -> true);
    }

    @Override
    public Replay replay(String name, Predicate<DeadLetter> wanted) {
        if (!mayWait.getAsBoolean()) {
            throw new IllegalStateException("DeadLetters.replay blocks, and this is the event loop's thread " + Thread
                    .currentThread().getName() + ": call it from a method with @RunOnVirtualThread or @Blocking");
        }
        String closed = closedBecause;
        if (closed != null) {
            throw new ReplayException("Channel '%s': nothing is replayed: %s".formatted(name, closed), new Replay(0, 0, 0),
                    null);
        }
        Channel channel = channel(name);
        DeadLetterReplay replay = channel.replay();
        DeadLetterQueue queue = channel.treatment().deadLetters();
        if (replay == null || queue == null) {
            throw new IllegalArgumentException(("no event of channel '%s' goes to a dead-letter topic: set"
                    + " quarkus.eventlane.incoming.%s.failure-strategy=dead-letter-queue, or"
                    + " quarkus.eventlane.incoming.%s.dead-letter-queue.topic").formatted(name, name, name));
        }
        if (!channel.running().compareAndSet(false, true)) {
            throw new IllegalStateException("the dead letters of channel '%s' are being replayed already".formatted(name));
        }
        try {
            return replay(replay, new LetterSorter(name, wanted, queue.quarantine()), name);
        } finally {
            channel.running().set(false);
        }
    }

    private Replay replay(DeadLetterReplay replay, LetterSorter sorter, String name) {
        try {
            replay.run(sorter, () -> closedBecause != null);
            return sorter.done();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(name, sorter, e);
        } catch (EventlaneException e) {
            throw stopped(name, sorter, e);
        } finally {
            sorter.end();
        }
    }

    private static ReplayException stopped(String name, LetterSorter sorter, Exception cause) {
        return new ReplayException("Channel '%s': the replay of its dead letters stopped after %d had been sent back: %s"
                .formatted(name, sorter.done().sentBack(), cause.getMessage()), sorter.done(), cause);
    }

    @Override
    public Set<String> quarantined(String channel) {
        return channel(channel).treatment().quarantined();
    }

    @Override
    public boolean release(String channel, String key) {
        return channel(channel).treatment().release(key.getBytes(UTF_8));
    }

    private Channel channel(String name) {
        Channel channel = channels.get(name);
        if (channel == null) {
            Set<String> known = new TreeSet<>(channels.keySet());
            throw new IllegalArgumentException("no incoming channel is called '%s'; there %s%s".formatted(name,
                    known.isEmpty() ? "is none" : "are " + String.join(", ", known),
                    NearestName.of(name, known).map(near -> "; did you mean " + near + "?").orElse("")));
        }
        return channel;
    }
}
