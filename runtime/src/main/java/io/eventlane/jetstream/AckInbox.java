package io.eventlane.jetstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.eventlane.jetstream.ReplySubjects.Token;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;

/**
 * Where the answers to all that is published over a connection arrive: one subscription, on one thread, whatever the number of
 * channels and events. It is there while there is a channel. Safe for any thread.
 */
final class AckInbox implements Link.Listener {

    private static final Logger LOG = Logger.getLogger(AckInbox.class);

    private static final int UNBOUNDED = -1;

    /** One that publishes. What it is told must not block. */
    interface Channel {

        /** A session has begun in which answers arrive. */
        void up(Session session, ReplySubjects replies);

        void down();

        /** The server does not let the application do something, which may be another channel's. */
        void refused(String error);

        /** On the thread of the answers. */
        void answered(long number, int attempt, Message message);
    }

    // Guarded by the lock, which nothing takes for an event

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection up;
    private @Nullable Inbox inbox;

    /** By their number in reply subjects; {@code null} where one was removed. Replaced, never changed. */
    private volatile List<@Nullable Channel> channels = List.of();

    /** @param subject what the subscription has before its wildcard */
    private record Inbox(Connection connection, Dispatcher dispatcher, String subject) {
    }

    private AckInbox() {
    }

    static AckInbox of(Link link) {
        AckInbox inbox = new AckInbox();
        link.listen(inbox);
        return inbox;
    }

    // Channels

    /** From now on the channel hears of the connection, and of answers to it. */
    void add(Channel channel) {
        lock.lock();
        try {
            List<@Nullable Channel> more = new ArrayList<>(channels);
            more.add(channel);
            channels = more;
            Connection connection = up;
            if (connection != null) {
                channel.up(Session.of(connection), replies(open(connection), more.size() - 1));
            }
        } finally {
            lock.unlock();
        }
    }

    /** The last one that goes takes the subscription and its thread with it. Idempotent. */
    void remove(Channel channel) {
        lock.lock();
        try {
            List<@Nullable Channel> rest = new ArrayList<>(channels);
            rest.replaceAll(each -> channel.equals(each) ? null : each);
            channels = rest;
            if (rest.stream().allMatch(Objects::isNull)) {
                close();
            }
        } finally {
            lock.unlock();
        }
    }

    // The subscription

    private Inbox open(Connection connection) {
        Inbox known = inbox;
        // The dispatcher ends before its connection when its thread is interrupted.
        if (known != null && known.connection().equals(connection) && known.dispatcher().isActive()) {
            return known;
        }
        String subject = connection.createInbox() + '.';
        Dispatcher dispatcher = connection.createDispatcher(message -> answered(message, subject.length()));
        // The client drops what is beyond its bounds. Here there is never more than the channels have in flight.
        dispatcher.setPendingLimits(UNBOUNDED, UNBOUNDED);
        dispatcher.subscribe(subject + '*');
        Inbox opened = new Inbox(connection, dispatcher, subject);
        inbox = opened;
        return opened;
    }

    private void close() {
        Inbox open = inbox;
        inbox = null;
        if (open != null) {
            try {
                open.connection().closeDispatcher(open.dispatcher());
            } catch (IllegalStateException | IllegalArgumentException e) {
                LOG.debug("The connection was closed, and the dispatcher with it", e);
            }
        }
    }

    private static ReplySubjects replies(Inbox inbox, int channel) {
        return new ReplySubjects(inbox.subject(), channel);
    }

    private void answered(Message message, int inboxLength) {
        Token token = Token.read(message.getSubject(), inboxLength);
        List<@Nullable Channel> all = channels;
        Channel channel = token == null || token.channel() >= all.size() ? null : all.get(token.channel());
        if (token != null && channel != null) {
            channel.answered(token.number(), token.attempt(), message);
        }
    }

    // What the link tells

    @Override
    public void up(Connection connection) {
        lock.lock();
        try {
            up = connection;
            Session session = Session.of(connection);
            for (int i = 0; i < channels.size(); i++) {
                Channel channel = channels.get(i);
                if (channel != null) {
                    channel.up(session, replies(open(connection), i));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void down() {
        lock.lock();
        try {
            up = null;
            tell(Channel::down);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void refused(String error) {
        tell(channel -> channel.refused(error));
    }

    private void tell(Consumer<Channel> what) {
        channels.stream().filter(Objects::nonNull).forEach(what);
    }
}
