package io.eventlane.brokers;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;

/** What became of a connection. */
final class NatsEvents implements ConnectionListener {

    private final Set<Events> seen = ConcurrentHashMap.newKeySet();

    Set<Events> seen() {
        return seen;
    }

    @Override
    public void connectionEvent(Connection connection, Events event) {
        seen.add(event);
    }
}
