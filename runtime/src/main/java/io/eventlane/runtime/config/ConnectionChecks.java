package io.eventlane.runtime.config;

import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

import io.eventlane.engine.RetryPolicy;
import io.eventlane.jetstream.Authentication;
import io.eventlane.jetstream.Authentication.CredentialsFile;
import io.eventlane.jetstream.Authentication.None;
import io.eventlane.jetstream.Authentication.Seed;
import io.eventlane.jetstream.Authentication.SeedFile;
import io.eventlane.jetstream.Authentication.Token;
import io.eventlane.jetstream.Authentication.UserPassword;
import io.eventlane.jetstream.ConnectionSettings;
import io.eventlane.jetstream.ConnectionSettings.Tls;
import io.eventlane.jetstream.ServerAddress;
import io.eventlane.jetstream.TopicSpec;
import io.eventlane.runtime.config.EventlaneConfig.JetStream;
import io.eventlane.runtime.config.EventlaneConfig.Reconnect;
import io.eventlane.runtime.config.TlsContexts.TlsSettings;

/** Checks what is said about the connection to NATS. What is secret stays out of the errors. */
final class ConnectionChecks {

    static final String PREFIX = "quarkus.eventlane.jetstream.";
    static final Set<String> ATTRIBUTES = Set.of("servers", "user", "password", "token", "nkey", "credentials",
            "tls-configuration-name", "tls-first", "connection-timeout", "reconnect.initial-delay", "reconnect.max-delay",
            "reconnect.jitter", "ping-interval", "max-pings-out", "inbox-prefix", "ignore-discovered-servers", "domain",
            "api-prefix", "request-timeout");

    private static final String SERVERS = PREFIX + "servers";
    private static final RetryPolicy ANY = new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(1), 0);

    private final JetStream config;
    private final Problems problems;

    ConnectionChecks(JetStream config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    ConnectionSettings of(String application, TlsContexts tls) {
        List<ServerAddress> servers = servers();
        positive(config.connectionTimeout(), "connection-timeout");
        positive(config.pingInterval(), "ping-interval");
        positive(config.requestTimeout(), "request-timeout");
        problems.require(config.maxPingsOut() >= 1, PREFIX + "max-pings-out",
                "must be at least 1, but is " + config.maxPingsOut());
        problems.require(TopicSpec.isTopic(config.inboxPrefix()), PREFIX + "inbox-prefix",
                "must be a subject without wildcards, such as _INBOX_shop, but is '" + config.inboxPrefix() + "'");
        return new ConnectionSettings(application, servers, authentication(), tls(servers, tls), config.connectionTimeout(),
                reconnect(config.reconnect()), config.pingInterval(), config.maxPingsOut(), config.inboxPrefix(),
                config.ignoreDiscoveredServers(), apiPrefix(), config.requestTimeout());
    }

    private void positive(Duration value, String attribute) {
        problems.require(value.isPositive(), PREFIX + attribute, "must be longer than zero, but is " + value);
    }

    // Servers

    private List<ServerAddress> servers() {
        List<ServerAddress> servers = new ArrayList<>();
        for (String text : config.servers()) {
            try {
                servers.add(ServerAddress.parse(text));
            } catch (IllegalArgumentException e) {
                problems.add(SERVERS, Objects.requireNonNull(e.getMessage()));
            }
        }
        problems.require(!config.servers().isEmpty(), SERVERS, "must hold at least one address");
        return servers;
    }

    private RetryPolicy reconnect(Reconnect reconnect) {
        String initialDelay = PREFIX + "reconnect.initial-delay";
        positive(reconnect.initialDelay(), "reconnect.initial-delay");
        boolean ordered = reconnect.maxDelay().compareTo(reconnect.initialDelay()) >= 0;
        problems.require(ordered, PREFIX + "reconnect.max-delay", "(" + reconnect.maxDelay() + ") must not be shorter than "
                + initialDelay + " (" + reconnect.initialDelay() + ")");
        boolean share = reconnect.jitter() >= 0 && reconnect.jitter() <= 1;
        problems.require(share, PREFIX + "reconnect.jitter", "must be from 0 to 1, but is " + reconnect.jitter());
        return reconnect.initialDelay().isPositive() && ordered && share
                ? new RetryPolicy(reconnect.initialDelay(), reconnect.maxDelay(), reconnect.jitter())
                : ANY;
    }

    private String apiPrefix() {
        problems.require(config.domain().isEmpty() || config.apiPrefix().isEmpty(), PREFIX + "api-prefix",
                "cannot be set together with " + PREFIX + "domain, which makes a prefix too");
        String prefix = config.apiPrefix().orElseGet(() -> config.domain().map(domain -> "$JS." + domain + ".API")
                .orElse(ConnectionSettings.API_PREFIX));
        problems.require(TopicSpec.isTopic(prefix), PREFIX + (config.apiPrefix().isPresent() ? "api-prefix" : "domain"),
                "must be one that subjects can be made of, without white space, wildcards or empty tokens, but is '"
                        + config.apiPrefix().or(config::domain).orElse("") + "'");
        return prefix;
    }

    // Authentication

    private Authentication authentication() {
        Map<String, Authentication> ways = new LinkedHashMap<>();
        ofServers().ifPresent(way -> ways.put(SERVERS, way));
        ofUser().ifPresent(way -> ways.put(PREFIX + "user", way));
        config.token().ifPresent(token -> ways.put(PREFIX + "token", new Token(token)));
        config.nkey().map(String::strip).ifPresent(nkey -> ways.put(PREFIX + "nkey", nkey(nkey)));
        config.credentials().map(String::strip)
                .ifPresent(file -> ways.put(PREFIX + "credentials", new CredentialsFile(Path.of(file))));
        if (ways.size() > 1) {
            List<String> names = List.copyOf(ways.keySet());
            problems.add(names.get(1), "is another way to authenticate than " + names.get(0) + ": choose one of "
                    + String.join(", ", names));
            return new None();
        }
        ways.forEach((property, way) -> {
            String problem = way.problem();
            if (problem != null) {
                problems.add(property, problem);
            }
        });
        return ways.values().stream().findFirst().orElseGet(None::new);
    }

    private Optional<Authentication> ofServers() {
        Set<Authentication> found = new LinkedHashSet<>();
        for (String text : config.servers()) {
            try {
                found.add(ServerAddress.authentication(text));
            } catch (IllegalArgumentException e) {
                // Told where the addresses are read.
            }
        }
        found.remove(new None());
        problems.require(found.size() <= 1, SERVERS,
                "must hold the same user and password, or the same token, in each address that holds any");
        return found.stream().findFirst();
    }

    private Optional<Authentication> ofUser() {
        problems.require(config.user().isPresent() || config.password().isEmpty(), PREFIX + "user",
                "must be set, because " + PREFIX + "password is");
        problems.require(config.password().isPresent() || config.user().isEmpty(), PREFIX + "password",
                "must be set, because " + PREFIX + "user is");
        return config.user().map(user -> new UserPassword(user, config.password().orElse("")));
    }

    /** What could be a seed, mistyped, is no file: its name would be told. */
    private static Authentication nkey(String nkey) {
        boolean file = nkey.contains("/") || nkey.contains("\\") || nkey.contains(".");
        return file ? new SeedFile(Path.of(nkey)) : new Seed(nkey);
    }

    // TLS

    private @Nullable Tls tls(List<ServerAddress> servers, TlsContexts contexts) {
        boolean wanted = servers.stream().anyMatch(ServerAddress::isSecure);
        if (wanted || config.tlsConfigurationName().isPresent()) {
            refuseUnencrypted(servers);
        }
        TlsSettings settings = null;
        if (config.tlsConfigurationName().isPresent()) {
            String name = config.tlsConfigurationName().get();
            settings = contexts.named(name).orElse(null);
            problems.require(settings != null, PREFIX + "tls-configuration-name",
                    "names a TLS configuration that there is not: configure quarkus.tls." + name + ".…");
        } else if (wanted) {
            settings = contexts.unnamed()
                    .orElseGet(() -> new TlsSettings(ConnectionChecks::ofJava, true, List.of(), List.of()));
        } else {
            problems.require(!config.tlsFirst(), PREFIX + "tls-first", "has no effect without TLS: set " + PREFIX
                    + "tls-configuration-name, or an address that begins with tls://");
        }
        return settings == null ? null
                : new Tls(settings.contexts(), settings.verifyHostname(), settings.protocols(), settings.cipherSuites(),
                        config.tlsFirst());
    }

    /** The client speaks TLS to every server once it has settings for it, but never behind {@code ws://}. */
    private void refuseUnencrypted(List<ServerAddress> servers) {
        servers.stream().filter(ServerAddress::isNeverSecure).forEach(server -> problems.add(SERVERS, "holds " + server
                + ", which would be spoken to without TLS, although TLS is configured: it must begin with wss://"));
    }

    private static SSLContext ofJava() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
