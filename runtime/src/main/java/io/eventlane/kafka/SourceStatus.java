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
        Trouble notStarted = notStarted(Instant.now());
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
        List<Trouble> ofSource = new ArrayList<>();
        if (!assignments.hasJoined()) {
            ofSource.add(notStarted(picture.getFirst().troubles().stream().filter(t -> t.severity() == Severity.NOT_STARTED)
                    .map(Trouble::since).findFirst().orElseGet(Instant::now)));
        }
        uncommitted = refusal == null ? null
                : new Trouble(Severity.NOT_READY, source + ": progress cannot be committed: " + refusal,
                        uncommitted == null ? Instant.now() : uncommitted.since());
        if (uncommitted != null) {
            ofSource.add(uncommitted);
        }
        unconfirmed = assignments.all().isEmpty() || membership.isHeld() ? null
                : unconfirmed != null ? unconfirmed : unconfirmedSince(ago(membership.confirmedAt(), now));
        if (unconfirmed != null) {
            ofSource.add(unconfirmed);
        }
        Set<String> nowOverdue = new HashSet<>();
        List<ChannelStatus> statuses = new ArrayList<>();
        for (SourceChannel channel : channels) {
            ChannelView view = new ChannelView(channel);
            view.look(now);
            view.divertWhereFull();
            view.overdue().forEach(text -> {
                nowOverdue.add(text.where());
                if (!overdue.contains(text.where())) {
                    LOG.warnf("Channel '%s': %s", channel.name(), text.what());
                }
            });
            List<Trouble> troubles = new ArrayList<>(ofSource);
            troubles.addAll(topics.troubles(channel.topics()));
            statuses.add(view.status(troubles));
        }
        overdue = nowOverdue;
        picture = List.copyOf(statuses);
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

    private Trouble notStarted(Instant since) {
        return new Trouble(Severity.NOT_STARTED, "has not joined its consumer group yet", since);
    }

    private Trouble unconfirmedSince(Instant since) {
        return new Trouble(Severity.NOT_READY, source + ": the group's coordinator has not confirmed for a session timeout that"
                + " this process is a member; no handler starts until it does", since);
    }
}
