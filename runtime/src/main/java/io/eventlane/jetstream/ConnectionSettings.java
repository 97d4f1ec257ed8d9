package io.eventlane.jetstream;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import io.eventlane.engine.RetryPolicy;
import io.nats.client.JetStreamOptions;

/**
 * What the application's connection is made with.
 *
 * @param name of the application, by which the server's operator knows the connection
 * @param servers at least one, without anything secret in them
 * @param tls {@code null} where none is wanted; a server whose address begins with {@code tls://} needs it
 * @param connectionTimeout for one attempt at one server, TLS included
 * @param reconnect how long to wait after each round of all servers
 * @param pingInterval how often a silent server is asked for a sign of life
 * @param maxPingsOut how many signs of life may be outstanding before the connection counts as lost
 * @param inboxPrefix of the subjects on which the application is answered, without the dot at its end
 * @param ignoreDiscoveredServers whether only the servers above are tried, and not those of their cluster that they tell of
 * @param apiPrefix of the subjects of JetStream's API, without the dot at its end: {@code $JS.API}, {@code $JS.hub.API} for
 *        the domain {@code hub}, or that of an import
 * @param requestTimeout for an answer of JetStream's API
 */
public record ConnectionSettings(
        String name,
        List<ServerAddress> servers,
        Authentication authentication,
        @Nullable Tls tls,
        Duration connectionTimeout,
        RetryPolicy reconnect,
        Duration pingInterval,
        int maxPingsOut,
        String inboxPrefix,
        boolean ignoreDiscoveredServers,
        String apiPrefix,
        Duration requestTimeout) {

    /** What {@code apiPrefix} is unless the application is a guest of another account or domain. */
    public static final String API_PREFIX = "$JS.API";

    public ConnectionSettings {
        servers = List.copyOf(servers);
    }

    /**
     * @param contexts asked for each connection, so that a certificate that was renewed is taken up by the next one
     * @param verifyHostname whether the server's certificate must be one for the host that it was reached by
     * @param protocols the versions of TLS that may be used; empty for those that Java allows
     * @param cipherSuites those that may be used; empty for those that Java allows
     * @param first whether TLS begins before the server says anything, which it must be configured for too
     */
    public record Tls(Supplier<SSLContext> contexts, boolean verifyHostname, List<String> protocols, List<String> cipherSuites,
            boolean first) {
    }

    /** The settings of an application that configures nothing but its servers. */
    static ConnectionSettings of(String name, String... servers) {
        return new ConnectionSettings(name, List.of(servers).stream().map(ServerAddress::parse).toList(),
                new Authentication.None(), null, Duration.ofSeconds(5),
                new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(10), 0.5), Duration.ofSeconds(2), 3, "_INBOX", false,
                API_PREFIX, Duration.ofSeconds(5));
    }

    JetStreamOptions jetStream() {
        // The client's key-value store takes any prefix that is named for that of another account, and writes elsewhere.
        return JetStreamOptions.builder().prefix(apiPrefix.equals(API_PREFIX) ? null : apiPrefix)
                .requestTimeout(requestTimeout).build();
    }
}
