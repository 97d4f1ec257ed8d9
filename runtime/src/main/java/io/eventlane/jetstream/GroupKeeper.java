package io.eventlane.jetstream;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;

/**
 * Says regularly in each group that this instance is there, on a platform thread of its own, and sooner when somebody else
 * has changed the group's value.
 */
final class GroupKeeper {

    private static final Logger LOG = Logger.getLogger(GroupKeeper.class);

    /** So often within its time-out a member says that it is there. */
    private static final int BEATS_PER_TIMEOUT = 4;
    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);
    /** A bucket that was just made may be without a leader for a moment, in a cluster. */
    private static final Duration WARN_AFTER = Duration.ofSeconds(1);

    /** Hears what a member has. Called on the keeper's thread; must not block. */
    interface Listener {

        void told(GroupMember.Word word);

        /** The others have taken this instance for dead. */
        void lost();

        /** The store cannot be reached, or does not take the member's word. */
        void failed(Throwable failure);
    }

    private static final class Membership {

        private final GroupMember member;
        private final SourceTopic topic;
        private final Listener listener;
        private volatile boolean hurried;
        private volatile boolean leaving;
        /** Owned by the thread. */
        private long due = System.nanoTime();
        private @Nullable Dispatcher watch;
        /** When it last got through, or had no connection. */
        private long heardAt = System.nanoTime();

        private Membership(GroupMember member, SourceTopic topic, Listener listener) {
            this.member = member;
            this.topic = topic;
            this.listener = listener;
        }
    }

    private final Link link;
    private final GroupBucket bucket;
    private final Thread thread;
    private final List<Membership> memberships = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    GroupKeeper(Link link) {
        this.link = link;
        this.bucket = new GroupBucket(link);
        this.thread = Thread.ofPlatform().daemon().name("eventlane-jetstream-groups").unstarted(this::run);
    }

    // Any thread

    /** Adds a member, before {@link #start}. */
    void add(GroupMember member, SourceTopic topic, Listener listener) {
        memberships.add(new Membership(member, topic, listener));
    }

    void start() {
        if (!memberships.isEmpty()) {
            thread.start();
        }
    }

    /** Has a member say at once what it has let go of. */
    void hurry(GroupMember member) {
        memberships.stream().filter(membership -> membership.member.equals(member)).forEach(this::hurry);
    }

    /** Has a member leave its group, which nothing is worked on for any more. The listener hears nothing more soon after. */
    void leave(GroupMember member) {
        memberships.stream().filter(membership -> membership.member.equals(member)).forEach(membership -> {
            membership.leaving = true;
            hurry(membership);
        });
    }

    private void hurry(Membership membership) {
        membership.hurried = true;
        LockSupport.unpark(thread);
    }

    /** Leaves all groups, and ends the thread. Idempotent. */
    void close(Duration deadline) {
        closing = true;
        LockSupport.unpark(thread);
        try {
            if (thread.getState() != Thread.State.NEW && !thread.join(deadline)) {
                LOG.warnf("The groups at %s could not be left within %s: others take over after the session time-out",
                        GroupBucket.NAME, deadline);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // The thread

    private void run() {
        while (!closing) {
            long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            for (Membership membership : memberships) {
                if (membership.hurried || System.nanoTime() - membership.due >= 0) {
                    membership.hurried = false;
                    if (membership.leaving) {
                        memberships.remove(membership);
                        leave(membership);
                        continue;
                    }
                    turn(membership);
                }
                if (membership.due - next < 0) {
                    next = membership.due;
                }
            }
            // What wakes it while it waits for an answer does not end a later wait.
            if (!closing && memberships.stream().noneMatch(membership -> membership.hurried)) {
                LockSupport.parkNanos(this, Math.max(1, next - System.nanoTime()));
            }
        }
        memberships.forEach(this::leave);
    }

    private void turn(Membership membership) {
        Connection connection = link.connection();
        GroupMember member = membership.member;
        membership.due = System.nanoTime() + AFTER_FAILURE.toNanos();
        if (connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
            membership.heardAt = System.nanoTime();
            return;
        }
        try {
            KeyValue store = bucket.of(membership.topic, connection);
            watch(connection, membership);
            GroupMember.Word word = member.beat(store);
            membership.heardAt = System.nanoTime();
            if (word == null) {
                LOG.warnf("Group %s: the others have taken this instance for dead, and may have its partitions", member.key());
                membership.listener.lost();
                membership.due = System.nanoTime();
                return;
            }
            membership.due = System.nanoTime() + member.timeout().dividedBy(BEATS_PER_TIMEOUT).toNanos();
            membership.listener.told(word);
        } catch (IOException | JetStreamApiException | RuntimeException | Error e) {
            bucket.forget();
            LOG.logf(System.nanoTime() - membership.heardAt > WARN_AFTER.toNanos() ? Logger.Level.WARN : Logger.Level.DEBUG,
                    "Group %s: this instance could not say that it is there: %s", member.key(), e);
            membership.listener.failed(e);
        }
    }

    /** A change by somebody else is a message like any other. */
    private void watch(Connection connection, Membership membership) {
        if (membership.watch != null && membership.watch.isActive()) {
            return;
        }
        Dispatcher watch = connection.createDispatcher();
        watch.subscribe("$KV." + GroupBucket.NAME + '.' + membership.member.key(), change -> {
            if (membership.member.isNews(ReceivedMessage.of(change).body())) {
                hurry(membership);
            }
        });
        membership.watch = watch;
    }

    private void leave(Membership membership) {
        Connection connection = link.connection();
        if (connection == null || connection.getStatus() != Connection.Status.CONNECTED) {
            return;
        }
        try {
            Dispatcher watch = membership.watch;
            if (watch != null && watch.isActive()) {
                connection.closeDispatcher(watch);
            }
            membership.member.leave(connection.keyValue(GroupBucket.NAME, bucket.options()));
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            LOG.warnf("Group %s could not be left, others take over after the session time-out: %s", membership.member.key(),
                    e);
        }
    }
}
