package io.eventlane.jetstream;

import java.time.Duration;
import java.util.List;

import io.eventlane.engine.RetryPolicy;
import io.eventlane.jetstream.ConnectionSettings.Tls;

/** Settings of a connection that differ in one point. */
final class Links {

    private Links() {
    }

    static ConnectionSettings with(ConnectionSettings s, Authentication authentication) {
        return new ConnectionSettings(s.name(), s.servers(), authentication, s.tls(), s.connectionTimeout(), s.reconnect(),
                s.pingInterval(), s.maxPingsOut(), s.inboxPrefix(), s.ignoreDiscoveredServers(), s.apiPrefix(),
                s.requestTimeout());
    }

    static ConnectionSettings with(ConnectionSettings s, Tls tls) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), tls, s.connectionTimeout(), s.reconnect(),
                s.pingInterval(), s.maxPingsOut(), s.inboxPrefix(), s.ignoreDiscoveredServers(), s.apiPrefix(),
                s.requestTimeout());
    }

    static ConnectionSettings withServers(ConnectionSettings s, String... servers) {
        return new ConnectionSettings(s.name(), List.of(servers).stream().map(ServerAddress::parse).toList(),
                s.authentication(), s.tls(), s.connectionTimeout(), s.reconnect(), s.pingInterval(), s.maxPingsOut(),
                s.inboxPrefix(), s.ignoreDiscoveredServers(), s.apiPrefix(), s.requestTimeout());
    }

    static ConnectionSettings withPings(ConnectionSettings s, Duration interval, int maxOut) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), s.tls(), s.connectionTimeout(), s.reconnect(),
                interval, maxOut, s.inboxPrefix(), s.ignoreDiscoveredServers(), s.apiPrefix(), s.requestTimeout());
    }

    static ConnectionSettings withApiPrefix(ConnectionSettings s, String apiPrefix) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), s.tls(), s.connectionTimeout(), s.reconnect(),
                s.pingInterval(), s.maxPingsOut(), s.inboxPrefix(), s.ignoreDiscoveredServers(), apiPrefix, s.requestTimeout());
    }

    static ConnectionSettings withInboxPrefix(ConnectionSettings s, String inboxPrefix) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), s.tls(), s.connectionTimeout(), s.reconnect(),
                s.pingInterval(), s.maxPingsOut(), inboxPrefix, s.ignoreDiscoveredServers(), s.apiPrefix(), s.requestTimeout());
    }

    static ConnectionSettings ignoringDiscovered(ConnectionSettings s) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), s.tls(), s.connectionTimeout(), s.reconnect(),
                s.pingInterval(), s.maxPingsOut(), s.inboxPrefix(), true, s.apiPrefix(), s.requestTimeout());
    }

    static ConnectionSettings withRequestTimeout(ConnectionSettings s, Duration requestTimeout) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), s.tls(), s.connectionTimeout(), s.reconnect(),
                s.pingInterval(), s.maxPingsOut(), s.inboxPrefix(), s.ignoreDiscoveredServers(), s.apiPrefix(), requestTimeout);
    }

    static ConnectionSettings withConnectionTimeout(ConnectionSettings s, Duration connectionTimeout) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), s.tls(), connectionTimeout, s.reconnect(),
                s.pingInterval(), s.maxPingsOut(), s.inboxPrefix(), s.ignoreDiscoveredServers(), s.apiPrefix(),
                s.requestTimeout());
    }

    static ConnectionSettings withReconnect(ConnectionSettings s, RetryPolicy reconnect) {
        return new ConnectionSettings(s.name(), s.servers(), s.authentication(), s.tls(), s.connectionTimeout(), reconnect,
                s.pingInterval(), s.maxPingsOut(), s.inboxPrefix(), s.ignoreDiscoveredServers(), s.apiPrefix(),
                s.requestTimeout());
    }
}
