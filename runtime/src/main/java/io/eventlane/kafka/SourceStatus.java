package io.eventlane.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.channel.ChannelView;
import io.eventlane.channel.ConsumedLog;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

/**
 * What a source knows of itself. The source's thread looks at its channels once a second, and when partitions have been
 * assigned, and leaves the picture for whoever asks; what that thread cannot say of itself, that it hangs or has ended, is
 * added when somebody asks.
 */
final class SourceStatus {

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String source;
    private final String group;
    private final List<ChannelView> channels;
    private final Membership membership;
    private final Duration longestTurn;
    private final Trouble notStarted = new Trouble(Severity.NOT_STARTED, "has not joined its consumer group yet",
            Instant.now());

    // Owned by the source's thread

    private long lastLook = System.nanoTime() - EVERY_NANOS;
    private int joins;
    private @Nullable Trouble uncommitted;
    private @Nullable Trouble unconfirmed;

    // Shared

    private volatile long lastTurn = System.nanoTime();
    private volatile @Nullable Trouble failing;
    private volatile List<ChannelStatus> picture;

    /**
     * @param longestTurn how long one turn of the source's loop may take: {@code max.poll.interval.ms}
     */
    SourceStatus(String source, String group, List<ChannelDispatcher> channels, Membership membership,
            Duration longestTurn) {
        this.source = source;
        this.group = group;
        this.channels = channels.stream().map(channel -> new ChannelView("kafka", channel)).toList();
        this.membership = membership;
        this.longestTurn = longestTurn;
        this.picture = this.channels.stream().map(view -> look(view, List.of(notStarted))).toList();
    }

    // The source's thread

    /** The consumer could not be polled. */
    void failed(Throwable failure) {
        Trouble before = failing;
        failing = new Trouble(Severity.NOT_READY, "the broker cannot be polled: " + failure,
                before == null ? Instant.now() : before.since());
        lastTurn = System.nanoTime();
    }

    void polled() {
        failing = null;
    }

    /**
     * Once in each turn of the loop. Has keys that hold up too much go elsewhere, where that is wanted.
     *
     * @param refusal why the last commit failed, or {@code null}
     */
    void turn(Assignments assignments, TopicWatch topics, @Nullable Exception refusal) {
        long now = System.nanoTime();
        lastTurn = now;
        if (now - lastLook < EVERY_NANOS && joins == assignments.joins()) {
            return;
        }
        lastLook = now;
        joins = assignments.joins();
        List<Trouble> ofSource = ofSource(assignments, refusal, now);
        picture = channels.stream().map(view -> {
            List<Trouble> troubles = new ArrayList<>(ofSource);
            troubles.addAll(topics.troubles(view.channel().settings().topics()));
            return look(view, troubles);
        }).toList();
    }

    /** What is wrong with all channels alike. */
    private List<Trouble> ofSource(Assignments assignments, @Nullable Exception refusal, long now) {
        List<Trouble> troubles = new ArrayList<>();
        if (!assignments.hasJoined()) {
            troubles.add(notStarted);
        }
        uncommitted = refusal == null ? null
                : new Trouble(Severity.NOT_READY, source + ": progress cannot be committed: " + refusal,
                        uncommitted == null ? Instant.now() : uncommitted.since());
        if (uncommitted != null) {
            troubles.add(uncommitted);
        }
        if (assignments.all().isEmpty() || membership.isHeld()) {
            unconfirmed = null;
        } else if (unconfirmed == null) {
            unconfirmed = unconfirmedSince(ChannelView.ago(membership.confirmedAt(), now));
        }
        if (unconfirmed != null) {
            troubles.add(unconfirmed);
        }
        return troubles;
    }

    private ChannelStatus look(ChannelView view, List<Trouble> troubles) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("group", group);
        facts.put("partitions",
                view.channel().logs().stream().map(ConsumedLog::name).sorted().collect(Collectors.joining(", ")));
        return view.look(facts, troubles);
    }

    // Any thread

    /**
     * @param alive whether the source's thread is
     */
    List<ChannelStatus> statuses(boolean alive) {
        long now = System.nanoTime();
        Trouble more;
        if (!alive) {
            more = new Trouble(Severity.DEAD, "the thread that polls has ended", ChannelView.ago(lastTurn, now));
        } else if (now - lastTurn > longestTurn.toNanos()) {
            more = new Trouble(Severity.DEAD, "the thread that polls hangs for longer than max.poll.interval.ms (%s)"
                    .formatted(longestTurn), ChannelView.ago(lastTurn, now));
        } else {
            more = failing;
        }
        return more == null ? picture : with(more);
    }

    private List<ChannelStatus> with(Trouble more) {
        return picture.stream().map(status -> {
            List<Trouble> troubles = new ArrayList<>(List.of(more));
            troubles.addAll(status.troubles());
            return new ChannelStatus(status.channel(), status.connector(), status.facts(), troubles);
        }).toList();
    }

    private Trouble unconfirmedSince(Instant since) {
        return new Trouble(Severity.NOT_READY, source + ": the group's coordinator has not confirmed for a session timeout that"
                + " this process is a member; no handler starts until it does", since);
    }
}
