package io.eventlane.jetstream;

import io.nats.client.Connection;
import io.nats.client.api.ServerInfo;

/** One connection to one server, from when it is made until it is lost. Safe for any thread. */
final class Session {

    private final Connection connection;
    private final String server;
    private final int client;

    /** What the server said last; a client asks for every message. */
    private volatile ServerInfo seen;

    private Session(Connection connection, ServerInfo info) {
        this.connection = connection;
        this.server = info.getServerId();
        this.client = info.getClientId();
        this.seen = info;
    }

    /** The present one. */
    static Session of(Connection connection) {
        return new Session(connection, connection.getServerInfo());
    }

    Connection connection() {
        return connection;
    }

    /** Whether the connection has not been made anew since. */
    boolean isCurrent() {
        ServerInfo now = connection.getServerInfo();
        if (now.equals(seen)) {
            return true;
        }
        if (now.getClientId() != client || !server.equals(now.getServerId())) {
            return false;
        }
        seen = now;
        return true;
    }
}
