package io.eventlane.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

/**
 * What a source knows of itself. The source's thread looks at its channels once a second and leaves the picture for
 * whoever asks; what that thread cannot say of itself, that it hangs or has ended, is added when somebody asks.
 */
final class SourceStatus {

    private static final Logger LOG = Logger.getLogger(SourceStatus.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String source;
    private final List<SourceChannel> channels;
    private final Membership membership;
    private final Duration longestTurn;
    private final Trouble notStarted = new Trouble(Severity.NOT_STARTED, "has not joined its consumer group yet",
            Instant.now());

    // Owned by the source's thread

    private long lastLook = System.nanoTime() - EVERY_NANOS;
    private Set<String> overdue = new HashSet<>();
    private @Nullable Trouble uncommitted;
    private @Nullable Trouble unconfirmed;

    // Shared

    private volatile long lastTurn = System.nanoTime();
    private volatile @Nullable Trouble failing;
    private volatile List<ChannelStatus> picture;

    /**
     * @param longestTurn how long one turn of the source's loop may take: {@code max.poll.interval.ms}
     */
    SourceStatus(String source, List<SourceChannel> channels, Membership membership, Duration longestTurn) {
        this.source = source;
        this.channels = channels;
        this.membership = membership;
        this.longestTurn = longestTurn;
        this.picture = channels.stream().map(channel -> new ChannelView(channel).status(List.of(notStarted))).toList();
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
        if (now - lastLook < EVERY_NANOS) {
            return;
        }
        lastLook = now;
        List<Trouble> ofSource = ofSource(assignments, refusal, now);
        Set<String> nowOverdue = new HashSet<>();
        picture = channels.stream().map(channel -> look(channel, ofSource, topics, nowOverdue, now)).toList();
        overdue = nowOverdue;
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
            unconfirmed = unconfirmedSince(ago(membership.confirmedAt(), now));
        }
        if (unconfirmed != null) {
            troubles.add(unconfirmed);
        }
        return troubles;
    }

    private ChannelStatus look(SourceChannel channel, List<Trouble> ofSource, TopicWatch topics, Set<String> nowOverdue,
            long now) {
        ChannelView view = new ChannelView(channel);
        view.look(now);
        view.divertWhereFull();
        view.overdue().forEach(late -> {
            nowOverdue.add(late.where());
            if (!overdue.contains(late.where())) {
                LOG.warnf("Channel '%s': %s", channel.name(), late.what());
            }
        });
        List<Trouble> troubles = new ArrayList<>(ofSource);
        troubles.addAll(topics.troubles(channel.topics()));
        return view.status(troubles);
    }

    // Any thread

    /**
     * @param alive whether the source's thread is
     */
    List<ChannelStatus> statuses(boolean alive) {
        long now = System.nanoTime();
        Trouble more;
        if (!alive) {
            more = new Trouble(Severity.DEAD, "the thread that polls has ended", ago(lastTurn, now));
        } else if (now - lastTurn > longestTurn.toNanos()) {
            more = new Trouble(Severity.DEAD, "the thread that polls hangs for longer than max.poll.interval.ms (%s)"
                    .formatted(longestTurn), ago(lastTurn, now));
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

    static Instant ago(long nanoTime, long now) {
        return Instant.now().minusNanos(now - nanoTime);
    }

    private Trouble unconfirmedSince(Instant since) {
        return new Trouble(Severity.NOT_READY, source + ": the group's coordinator has not confirmed for a session timeout that"
                + " this process is a member; no handler starts until it does", since);
    }
}
