package io.eventlane.jetstream;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;
import io.nats.client.Subscription;

/**
 * The client's thread that hands messages of one source over, and the subjects at which they arrive. For the source's thread.
 */
final class Wire {

    private @Nullable Connection connection;
    private @Nullable Dispatcher dispatcher;

    /** A subject of its own at which messages arrive. */
    final class Inbox {

        private final String subject;
        private final Subscription subscription;
        private final Dispatcher owner;

        private Inbox(Dispatcher owner, MessageHandler handler) {
            this.owner = owner;
            this.subject = Objects.requireNonNull(connection).createInbox();
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

        /** Whether what is sent there still arrives. */
        boolean isOpenOn(Connection current) {
            return owner.isActive() && current.equals(connection);
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
    Inbox open(Connection current, MessageHandler handler) {
        Dispatcher open = dispatcher;
        if (open == null || !current.equals(connection)) {
            open = current.createDispatcher();
            // What is asked for is bounded already; the client would drop what exceeds its own bound.
            open.setPendingLimits(-1, -1);
            dispatcher = open;
            connection = current;
        }
        return new Inbox(open, handler);
    }

    /** Ends the thread. */
    void close() {
        Dispatcher open = dispatcher;
        Connection on = connection;
        if (open != null && on != null && open.isActive() && on.getStatus() != Connection.Status.CLOSED) {
            on.closeDispatcher(open);
        }
    }
}
