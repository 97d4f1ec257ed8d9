package io.eventlane.jetstream;

import org.jspecify.annotations.Nullable;

import io.nats.client.Connection;

/**
 * The application's one connection to NATS, which is made in the background, and made again whenever it is lost. Safe for
 * any thread.
 */
interface Link {

    /** Hears of the connection. Called on a thread of the client, one call at a time; must not block. */
    interface Listener {

        /**
         * The connection is there, for the first time or again. Subscriptions are in place again; requests that were
         * waiting for an answer, and messages that were on their way, may be lost.
         */
        void up(Connection connection);

        /** The connection is lost, or was closed. */
        void down();
    }

    /**
     * The client's connection, which stays the same object over reconnects; {@code null} until it was connected for the
     * first time.
     */
    @Nullable
    Connection connection();

    /** Adds a listener, which is told at once when the connection is there already. */
    void listen(Listener listener);
}
