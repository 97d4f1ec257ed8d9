package io.eventlane.jetstream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import io.eventlane.engine.RetryPolicy;
import io.nats.client.Options;
import io.nats.client.Options.HostnameResolveMode;
import io.nats.client.Options.ReconnectDelayBehavior;
import io.nats.client.Options.SubjectValidationType;
import io.nats.client.support.Encoding;

/** The settings of a connection in the client's words. */
final class LinkOptions {

    private static final int UNBOUNDED = 0;
    private static final int FOR_EVER = -1;
    private static final int NONE = 0;

    private LinkOptions() {
    }

    static Options of(ConnectionSettings settings, LinkThreads threads, LinkEvents events) {
        Options.Builder options = Options.builder()
                .connectionName(settings.name())
                .servers(settings.servers().stream().map(ServerAddress::url).toArray(String[]::new))
                // The only mode that leaves the host's name to TLS, and tries all of its addresses.
                .hostnameResolveMode(HostnameResolveMode.HappyEyeballs)
                .connectionTimeout(settings.connectionTimeout())
                .maxReconnects(FOR_EVER)
                .reconnectDelayBehavior(ReconnectDelayBehavior.BeforeAllRounds)
                .reconnectDelayHandler(round -> delay(settings.reconnect(), round))
                .reconnectBufferSize(NONE)
                .maxMessagesInOutgoingQueue(UNBOUNDED)
                .pingInterval(settings.pingInterval())
                .maxPingsOut(settings.maxPingsOut())
                .dataPortType(WireSocket.class.getName())
                .inboxPrefix(settings.inboxPrefix() + '.')
                .useTimeoutException()
                .reportNoResponders()
                // All of them are made of what was checked before, or come from the server.
                .subjectValidationType(SubjectValidationType.None)
                .connectionListener(events)
                .errorListener(events)
                .executor(threads.tasks())
                .connectExecutor(threads.tasks())
                .callbackExecutor(threads.events())
                .scheduledExecutor(threads.pings());
        if (settings.ignoreDiscoveredServers()) {
            options.ignoreDiscoveredServers();
        }
        authenticate(options, settings.authentication());
        ConnectionSettings.Tls tls = settings.tls();
        if (tls != null) {
            options.sslContext(new RenewedTls(tls, settings.servers()));
            if (tls.first()) {
                options.tlsFirst();
            }
        }
        return options.build();
    }

    /** Before the first round only so long that not all clients of a server that is gone come at the same moment. */
    private static Duration delay(RetryPolicy policy, long round) {
        if (round == 0) {
            return Duration.ofNanos(ThreadLocalRandom.current().nextLong(policy.initialDelay().toNanos()));
        }
        return policy.delayAfter((int) Math.min(round, Integer.MAX_VALUE));
    }

    private static void authenticate(Options.Builder options, Authentication authentication) {
        switch (authentication) {
            case Authentication.None() -> {
            }
            case Authentication.UserPassword(String user, String password) -> options.userInfo(user, password);
            // The client quotes a name and a password itself, but not a token.
            case Authentication.Token(String token) -> options.token(Encoding.jsonEncode(token).toCharArray());
            case Authentication.Seed(String seed) -> options.authHandler(Signer.ofSeed(seed));
            case Authentication.SeedFile(var file) -> options.authHandler(Signer.ofSeedFile(file));
            case Authentication.CredentialsFile(var file) -> options.authHandler(Signer.ofCredentials(file));
        }
    }
}
