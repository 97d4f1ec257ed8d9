package io.eventlane.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;

@NeedsNats
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class NatsServerSecurityTest {

    @TempDir
    Path directory;

    @Test
    void whenAUserIsNamed_thenOnlyItsPasswordOpens() throws Exception {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withUser("ann", "s3\"cret"))) {
            assertOpens(server, options -> options.userInfo("ann", "s3\"cret"));
            assertRefuses(server, options -> options.userInfo("ann", "guess"));
        }
    }

    @Test
    void whenATokenIsSet_thenOnlyItOpens() throws Exception {
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withToken("s3cret"))) {
            assertOpens(server, options -> options.token("s3cret".toCharArray()));
            assertRefuses(server, options -> options);
        }
    }

    @Test
    void whenAnNkeyIsNamed_thenOnlyItsSeedOpens() throws Exception {
        NKey key = NKey.createUser(null);
        NKey other = NKey.createUser(null);
        var server = NatsServer.start(NatsServerOptions.DEFAULTS.withNkey(new String(key.getPublicKey())));
        try (server) {
            assertOpens(server, options -> options.authHandler(Nats.staticCredentials(null, key.getSeed())));
            assertRefuses(server, options -> options.authHandler(Nats.staticCredentials(null, other.getSeed())));
        }
    }

    @Test
    void whenAnOperatorIsTrusted_thenOnlyItsCredentialsOpen() throws Exception {
        NatsOperator operator = new NatsOperator();
        Path own = operator.writeCredentials(directory.resolve("own.creds"));
        Path others = new NatsOperator().writeCredentials(directory.resolve("others.creds"));
        try (NatsServer server = NatsServer.start(NatsServerOptions.DEFAULTS.withOperator(operator))) {
            assertOpens(server, options -> options.authHandler(Nats.credentials(own.toString())));
            assertRefuses(server, options -> options.authHandler(Nats.credentials(others.toString())));
        }
    }

    @Test
    void whenPermissionsAreGiven_thenWhatTheyLeaveOutIsDenied() throws Exception {
        var options = NatsServerOptions.DEFAULTS.withSetting("authorization",
                "{ users: [ { user: ann, password: pw, permissions: { publish: { deny: \"orders.>\" } } } ] }");
        try (NatsServer server = NatsServer.start(options);
                Connection client = NatsClients.connect(server.url(), more -> more.userInfo("ann", "pw"))) {
            client.publish("orders.new", "one".getBytes());

            await().untilAsserted(() -> assertThat(client.getLastError()).containsIgnoringCase("permissions violation"));
        }
    }

    @Test
    void whenCertificatesAreVerified_thenOnlyAClientWithOneIsLetIn() throws Exception {
        Certificates certificates = Certificates.create(directory);
        var secured = NatsServerOptions.DEFAULTS.withTls(certificates.server(), certificates.serverKey(),
                certificates.authority());
        try (NatsServer server = NatsServer.start(secured)) {
            assertOpens(server, options -> trusting(certificates, options)
                    .keystorePath(certificates.keyStore().toString()).keystorePassword(Certificates.PASSWORD.toCharArray()));
            assertThatThrownBy(() -> NatsClients.connect(server.url(), options -> trusting(certificates, options)))
                    .isInstanceOf(IOException.class);
            assertThat(server.logFile()).content().contains("client didn't provide a certificate");
        }
    }

    private static Options.Builder trusting(Certificates certificates, Options.Builder options) {
        return options.truststorePath(certificates.trustStore().toString())
                .truststorePassword(Certificates.PASSWORD.toCharArray());
    }

    private static void assertOpens(NatsServer server, UnaryOperator<Options.Builder> options) throws Exception {
        try (Connection client = NatsClients.connect(server.url(), options)) {
            NatsClients.createStream(client, "orders", 1);
            assertThat(client.jetStream().publish("orders", "one".getBytes()).getSeqno()).isEqualTo(1);
        }
    }

    private static void assertRefuses(NatsServer server, UnaryOperator<Options.Builder> options) {
        assertThatThrownBy(() -> NatsClients.connect(server.url(), more -> options.apply(more).noReconnect()
                .connectionTimeout(Duration.ofMillis(500)))).isInstanceOf(AuthenticationException.class);
    }
}
