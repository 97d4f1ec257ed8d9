package io.eventlane.jetstream;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;

/** The client's thread that hands messages of one source over, and the subjects at which they arrive. */
final class Wire {

    private final Link link;
    private volatile @Nullable Dispatcher dispatcher;

    Wire(Link link) {
        this.link = link;
    }

    /** A subject of its own at which messages arrive. */
    final class Inbox {

        private final String subject;
        private final io.nats.client.Subscription subscription;
        private final Dispatcher owner;

        private Inbox(Connection connection, Dispatcher owner, MessageHandler handler) {
            this.owner = owner;
            this.subject = connection.createInbox();
            this.subscription = owner.subscribe(subject + ".>", handler);
        }

        /** Where messages are to be sent to. */
        String messages() {
            return subject + ".m";
        }

        /** Beneath which confirmations are to be sent. */
        String confirmations() {
            return subject + ".c";
        }

        boolean isConfirmation(String at) {
            return at.startsWith(subject) && at.startsWith(".c.", subject.length());
        }

        void close() {
            if (owner.isActive()) {
                owner.unsubscribe(subscription);
            }
        }
    }

    /**
     * @param handler called on the client's thread
     */
    Inbox open(Connection connection, MessageHandler handler) {
        Dispatcher open = dispatcher;
        if (open == null) {
            open = connection.createDispatcher();
            // What is asked for is bounded already; the client would drop what exceeds its own bound.
            open.setPendingLimits(-1, -1);
            dispatcher = open;
        }
        return new Inbox(connection, open, handler);
    }

    /** Ends the thread. */
    void close() {
        Dispatcher open = dispatcher;
        Connection connection = link.connection();
        if (open != null && connection != null && connection.getStatus() != Connection.Status.CLOSED) {
            connection.closeDispatcher(open);
        }
    }
}
