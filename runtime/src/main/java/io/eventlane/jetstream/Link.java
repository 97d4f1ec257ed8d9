package io.eventlane.jetstream;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;

/**
 * The application's one connection to NATS, which is made in the background, and made again whenever it is lost. Safe for
 * any thread.
 * <p>
 * What becomes of a publication on this connection:
 * <ul>
 * <li>Connected, it goes to the client's queue and from there to the socket, without a receipt of any kind. The queue has no
 * bound, so that publishing never waits: whoever publishes must bound what is unanswered.
 * <li>Not connected, and known not to be, it is refused with an {@link IllegalStateException}. Nothing is kept for later.
 * <li>Between the loss and its discovery, which takes up to the ping interval times the pings that may be outstanding plus
 * two, it goes to the queue as if nothing had happened. What is in the queue when the loss is discovered stays there, and is
 * sent, in its order and before anything newer, once there is a connection again; what was on its way to the socket is lost,
 * or was sent without the answer coming back. So after {@link Listener#down} everything unanswered may or may not have been,
 * and may still be, stored: publish it again under the same id.
 * </ul>
 * Do not call {@link Connection#flush}: the client counts its pings with those that look for a dead server, and takes the
 * connection for lost when several threads flush at once.
 */
interface Link {

    /** Hears of the connection. Called on one thread of the link's, one call at a time; must not block. */
    interface Listener {

        /**
         * The connection is there, for the first time or again. Requests that were waiting for an answer, and messages that
         * were on their way, may be lost.
         *
         * @param connection the same object as the last time, with all its subscriptions in place again; or a new one with
         *        none, because the client has given up the old one, as it does when a server refuses the application's
         *        credentials twice. What was made of the old one, such as subscriptions and dispatchers, is closed then,
         *        and has to be made of the new one
         */
        void up(Connection connection);

        /** The connection is lost, or was closed. */
        void down();

        /**
         * The server has refused something that the application's user may not do, and does not say who asked for it. What was
         * asked for never gets an answer.
         *
         * @param error such as {@code Permissions Violation for Publish to "orders"}
         */
        default void refused(String error) {
        }
    }

    /**
     * The client's connection, see {@link Listener#up}; {@code null} until it was connected for the first time.
     */
    @Nullable
    Connection connection();

    /** Adds a listener. When the connection is there already it is told soon, on the thread on which it hears the rest. */
    void listen(Listener listener);

    /**
     * What every JetStream context of the connection has to be made with: where the API is, and how long an answer may take.
     */
    default JetStreamOptions jetStream() {
        return JetStreamOptions.defaultOptions();
    }

    /** How the connection is doing. */
    LinkStatus status();
}
