package io.eventlane.memory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.channel.TopicGroups;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.Outbound;

/**
 * The application's channels in memory. It has no thread before incoming channels are started, and none after they are
 * closed. What nobody has handled by then is gone.
 */
public final class MemoryConnector {

    private final ScheduledExecutorService timer;
    private final MemoryTopics topics = new MemoryTopics();
    private final Map<String, DeadLetterReplay> replays = new ConcurrentHashMap<>();
    private volatile @Nullable MemorySource source;

    /**
     * @param timer runs short tasks that never block; it must live longer than the connector
     */
    public MemoryConnector(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Everything that is wrong with incoming channels, each with the property's name and the mend; empty when all is well. */
    public static List<String> problems(List<MemoryIncoming> channels) {
        TopicGroups groups = new TopicGroups();
        return channels.stream().flatMap(channel -> groups.add(channel.group(), channel.channel()).stream()).toList();
    }

    /** Opens an outgoing channel. Safe for any thread. */
    public Outbound openOutgoing(MemoryOutgoing channel) {
        return new MemoryOutbound(channel, topics.topic(channel.topic()));
    }

    /**
     * Keeps the letters of a dead-letter topic, and sends them back when it is run. To be called before
     * {@link #startIncoming()}.
     *
     * @param deadLetters its bound is also that of the topics to which letters are sent back
     * @param group the incoming channel's: channels of a group that share the topic share their progress
     */
    public DeadLetterReplay replay(MemoryOutgoing deadLetters, String group) {
        return replays.computeIfAbsent(group + '\n' + deadLetters.topic(),
                name -> new MemoryDeadLetterReplay(topics, deadLetters.topic(), deadLetters.maxInflight()));
    }

    /** Puts the incoming channels together: from now on, their topics keep for them what is published. At most once. */
    public void openIncoming(List<MemoryIncoming> channels) {
        source = new MemorySource(channels, topics, timer);
    }

    /** Begins to read, and keeps no more what has no reader: there are no more incoming channels from now on. */
    public void startIncoming() {
        topics.stopKeeping();
        MemorySource opened = source;
        if (opened != null) {
            opened.start();
        }
    }

    /** How the incoming channels are doing, in the order in which they were given. Safe for any thread. */
    public List<ChannelStatus> status() {
        MemorySource opened = source;
        return opened == null ? List.of() : opened.statuses();
    }

    /**
     * Reads no more, and waits up to the deadline for running handlers. What is published from now on is acknowledged, and
     * kept for nobody. Idempotent.
     */
    public void closeIncoming(Duration deadline) {
        MemorySource opened = source;
        if (opened != null) {
            opened.close(deadline);
        }
    }
}
