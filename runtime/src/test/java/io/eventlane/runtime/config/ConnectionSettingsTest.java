package io.eventlane.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.eventlane.engine.RetryPolicy;
import io.eventlane.jetstream.Authentication.CredentialsFile;
import io.eventlane.jetstream.Authentication.None;
import io.eventlane.jetstream.Authentication.Seed;
import io.eventlane.jetstream.Authentication.SeedFile;
import io.eventlane.jetstream.Authentication.Token;
import io.eventlane.jetstream.Authentication.UserPassword;
import io.eventlane.jetstream.ConnectionSettings;
import io.eventlane.jetstream.ServerAddress;
import io.nats.client.NKey;
import io.quarkus.runtime.configuration.ConfigurationException;

class ConnectionSettingsTest {

    private static final String NATS = "quarkus.eventlane.jetstream.";
    /** Made for this test, of no user anywhere. */
    private static final String SEED = seed();
    private static final String MISTYPED = SEED.substring(0, 30) + (SEED.charAt(30) == 'A' ? 'B' : 'A') + SEED.substring(31);

    @TempDir
    private Path directory;

    @Test
    void whenNothingIsSet_thenTheConnectionHasTheDefaults() {
        assertThat(connection(Map.of())).isEqualTo(new ConnectionSettings("shop",
                List.of(ServerAddress.parse("nats://localhost:4222")), new None(), null, Duration.ofSeconds(5),
                new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(10), 0.5), Duration.ofSeconds(2), 3, "_INBOX", false,
                "$JS.API", Duration.ofSeconds(5)));
    }

    @Test
    void whenEverythingIsSet_thenItIsTaken() {
        assertThat(connection(Map.ofEntries(Map.entry("servers", "a, nats://b:1"), Map.entry("user", "u"),
                Map.entry("password", "p"), Map.entry("connection-timeout", "1s"), Map.entry("reconnect.initial-delay", "2s"),
                Map.entry("reconnect.max-delay", "3s"), Map.entry("reconnect.jitter", "0.4"),
                Map.entry("ping-interval", "4s"), Map.entry("max-pings-out", "5"), Map.entry("inbox-prefix", "_INBOX_u"),
                Map.entry("ignore-discovered-servers", "true"), Map.entry("domain", "hub"),
                Map.entry("request-timeout", "6s")))).isEqualTo(new ConnectionSettings("shop",
                        List.of(ServerAddress.parse("nats://a:4222"), ServerAddress.parse("nats://b:1")),
                        new UserPassword("u", "p"), null, Duration.ofSeconds(1),
                        new RetryPolicy(Duration.ofSeconds(2), Duration.ofSeconds(3), 0.4), Duration.ofSeconds(4), 5,
                        "_INBOX_u", true, "$JS.hub.API", Duration.ofSeconds(6)));
        assertThat(connection(Map.of("api-prefix", "from.hub.API")).apiPrefix()).isEqualTo("from.hub.API");
    }

    @Test
    void whenTheEnvironmentSetsIt_thenItIsTakenAndKnown() {
        Map<String, String> environment = Map.of("QUARKUS_EVENTLANE_JETSTREAM_SERVERS", "nats://e:5",
                "QUARKUS_EVENTLANE_JETSTREAM_RECONNECT_INITIAL_DELAY", "7ms", "QUARKUS_EVENTLANE_JETSTREAM_MAX_PINGS_OUT", "8");
        var config = SettingsTest.everything(Map.of(), environment);

        ConnectionSettings connection = new Settings(config.getConfigMapping(EventlaneConfig.class)).connection("shop", tls());

        assertThat(connection.servers()).containsExactly(ServerAddress.parse("nats://e:5"));
        assertThat(connection.reconnect().initialDelay()).isEqualTo(Duration.ofMillis(7));
        assertThat(connection.maxPingsOut()).isEqualTo(8);
        assertThatCode(() -> Settings.checkSections(config.getPropertyNames())).doesNotThrowAnyException();
    }

    // Authentication

    @Test
    void whenOneWayToAuthenticateIsSet_thenItIsTaken() throws Exception {
        Path seed = Files.writeString(directory.resolve("seed.nk"), SEED + "\n");
        Path credentials = Files.writeString(directory.resolve("user.creds"), """
                -----BEGIN NATS USER JWT-----
                eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.e30.c2lnbmF0dXJl
                ------END NATS USER JWT------
                -----BEGIN USER NKEY SEED-----
                %s
                ------END USER NKEY SEED------
                """.formatted(SEED));

        assertThat(connection(Map.of("token", "t")).authentication()).isEqualTo(new Token("t"));
        assertThat(connection(Map.of("nkey", SEED)).authentication()).isEqualTo(new Seed(SEED));
        assertThat(connection(Map.of("nkey", seed.toString())).authentication()).isEqualTo(new SeedFile(seed));
        assertThat(connection(Map.of("credentials", credentials.toString())).authentication())
                .isEqualTo(new CredentialsFile(credentials));
        assertThat(connection(Map.of("servers", "nats://u:p%40ss@a,nats://b,nats://u:p%40ss@c")).authentication())
                .isEqualTo(new UserPassword("u", "p@ss"));
        assertThat(connection(Map.of("servers", "nats://secret@a")).authentication()).isEqualTo(new Token("secret"));
    }

    @Test
    void whenAnAddressHoldsASecret_thenNothingElseDoes() {
        ConnectionSettings connection = connection(Map.of("servers", "nats://u:hidden@a"));

        assertThat(connection.servers()).containsExactly(ServerAddress.parse("nats://a"));
        assertThat(connection.toString()).doesNotContain("hidden");
        assertThat(connection(Map.of("token", "hidden")).toString()).doesNotContain("hidden");
        assertThat(connection(Map.of("nkey", SEED)).toString()).doesNotContain(SEED);
    }

    @Test
    void whenTwoWaysToAuthenticateAreSet_thenTheErrorNamesBothAndNothingSecret() {
        assertThatThrownBy(() -> connection(Map.of("token", "hidden", "user", "u", "password", "concealed")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        NATS + "token is another way to authenticate than " + NATS + "user: choose one of " + NATS + "user, "
                                + NATS + "token");
        assertThatThrownBy(() -> connection(Map.of("token", "hidden", "servers", "nats://concealed@a")))
                .hasMessage(NATS + "token is another way to authenticate than " + NATS + "servers: choose one of " + NATS
                        + "servers, " + NATS + "token");
    }

    @Test
    void whenAFileCannotBeUsed_thenTheErrorNamesIt() throws Exception {
        Path missing = directory.resolve("missing.creds");
        Path empty = Files.createFile(directory.resolve("empty.creds"));
        Path account = Files.writeString(directory.resolve("account.nk"), "SA" + SEED.substring(2));
        Path mistyped = Files.writeString(directory.resolve("mistyped.nk"),
                MISTYPED);

        assertProblem(Map.of("credentials", missing.toString()), "credentials", "names " + missing + ", which cannot be read");
        assertProblem(Map.of("credentials", empty.toString()), "credentials", "names " + empty
                + ", which has no seed of a user's NKey, which begins with SU and is 58 characters long");
        assertProblem(Map.of("nkey", account.toString()), "nkey", "names " + account
                + ", which has no seed of a user's NKey, which begins with SU and is 58 characters long");
        assertProblem(Map.of("nkey", mistyped.toString()), "nkey", "names " + mistyped + ", which has a seed that is mistyped");
    }

    @Test
    void whenASeedIsMistyped_thenTheErrorDoesNotShowIt() {
        assertProblem(Map.of("nkey", SEED.substring(1)), "nkey",
                "has no seed of a user's NKey, which begins with SU and is 58 characters long");
        assertProblem(Map.of("nkey", MISTYPED), "nkey",
                "has a seed that is mistyped");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "servers | http://a | must begin with nats://, tls://, ws:// or wss://, but begins with http://",
            "servers | nats://u:hidden@a b | must hold addresses such as nats://localhost:4222, but holds 'a b'",
            "servers | nats://hidden@a:x | must hold addresses such as nats://localhost:4222, but holds 'a:x'",
            "servers | nats://u:hidden@a,nats://u:other@b | must hold the same user and password, or the same token, in each"
                    + " address that holds any",
            "user | u | password must be set, because quarkus.eventlane.jetstream.user is",
            "connection-timeout | 0s | must be longer than zero, but is PT0S",
            "ping-interval | -1s | must be longer than zero, but is PT-1S",
            "request-timeout | 0s | must be longer than zero, but is PT0S",
            "max-pings-out | 0 | must be at least 1, but is 0",
            "reconnect.initial-delay | 0s | must be longer than zero, but is PT0S",
            "reconnect.max-delay | 50ms | (PT0.05S) must not be shorter than"
                    + " quarkus.eventlane.jetstream.reconnect.initial-delay (PT0.1S)",
            "reconnect.jitter | 2 | must be from 0 to 1, but is 2.0",
            "inbox-prefix | a.> | must be a subject without wildcards, such as _INBOX_shop, but is 'a.>'",
            "domain | a b | must be one that subjects can be made of, without white space, wildcards or empty tokens, but is 'a b'",
            "tls-first | true | has no effect without TLS: set quarkus.eventlane.jetstream.tls-configuration-name, or an address"
                    + " that begins with tls://",
            "tls-configuration-name | lost | names a TLS configuration that there is not: configure quarkus.tls.lost.…" })
    void whenAValueIsWrong_thenTheErrorNamesThePropertyAndNothingSecret(String attribute, String value, String problem) {
        String wrong = problem.startsWith("password must") ? problem.substring(0, 8) : attribute;
        assertProblem(Map.of(attribute, value), wrong, problem.startsWith("password must") ? problem.substring(9) : problem);
    }

    @Test
    void whenDomainAndPrefixAreSet_thenTheErrorNamesBoth() {
        assertProblem(Map.of("domain", "a", "api-prefix", "b"), "api-prefix",
                "cannot be set together with quarkus.eventlane.jetstream.domain, which makes a prefix too");
    }

    // TLS

    @Test
    void whenATlsConfigurationIsNamed_thenItsContextsAreAskedForEachConnection() {
        ConnectionSettings connection = connection(Map.of("tls-configuration-name", "nats", "tls-first", "true"));

        assertThat(connection.tls().first()).isTrue();
        assertThat(connection.tls().verifyHostname()).isTrue();
        assertThat(connection.tls().protocols()).containsExactly("TLSv1.3");
        assertThat(connection.tls().contexts().get()).isNotSameAs(connection.tls().contexts().get());
    }

    @Test
    void whenAnAddressDemandsTls_thenTheUnnamedConfigurationIsTaken() {
        assertThat(connection(Map.of("servers", "nats://a,tls://b")).tls().protocols()).containsExactly("unnamed");
        assertThat(connection(Map.of("servers", "nats://a")).tls()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "ws://u:hidden@a", "wss://c,WS://u:hidden@a" })
    void whenAnAddressWouldLeaveTlsOut_thenItIsRefused(String servers) {
        assertProblem(Map.of("servers", servers, "tls-configuration-name", "nats"), "servers",
                "holds ws://a:4222, which would be spoken to without TLS, although TLS is configured: it must begin with wss://");
    }

    @Test
    void whenOneAddressDemandsTls_thenNoneMayLeaveItOut() {
        assertProblem(Map.of("servers", "tls://a,ws://b"), "servers",
                "holds ws://b:4222, which would be spoken to without TLS, although TLS is configured: it must begin with wss://");
        assertThat(connection(Map.of("servers", "ws://b")).tls()).isNull();
        assertThat(connection(Map.of("servers", "wss://b", "tls-configuration-name", "nats")).tls()).isNotNull();
    }

    // Unknown ones

    @Test
    void whenAPropertyIsNotKnown_thenTheErrorSaysWhatWasMeant() {
        assertThatThrownBy(
                () -> Settings.checkSections(List.of(NATS + "server", NATS + "servers[0]", NATS + "reconnect.max-delai",
                        NATS + "reconnect.jitter", NATS + "credentials")))
                .hasMessage("""
                        quarkus.eventlane.jetstream.server is not known; did you mean quarkus.eventlane.jetstream.servers?
                        quarkus.eventlane.jetstream.reconnect.max-delai is not known; did you mean\
                         quarkus.eventlane.jetstream.reconnect.max-delay?""");
    }

    private static void assertProblem(Map<String, String> attributes, String attribute, String problem) {
        assertThatThrownBy(() -> connection(attributes)).isInstanceOf(ConfigurationException.class)
                .hasMessage(NATS + attribute + " " + problem);
    }

    private static ConnectionSettings connection(Map<String, String> attributes) {
        Map<String, String> properties = new HashMap<>();
        attributes.forEach((name, value) -> properties.put(NATS + name, value));
        return SettingsTest.settings(properties).connection("shop", tls());
    }

    private static TlsContexts tls() {
        return new TlsContexts() {
            @Override
            public Optional<TlsSettings> named(String name) {
                return name.equals("nats") ? Optional.of(settings("TLSv1.3")) : Optional.empty();
            }

            @Override
            public Optional<TlsSettings> unnamed() {
                return Optional.of(settings("unnamed"));
            }
        };
    }

    private static TlsContexts.TlsSettings settings(String protocol) {
        return new TlsContexts.TlsSettings(ConnectionSettingsTest::context, true, List.of(protocol), List.of());
    }

    private static SSLContext context() {
        try {
            return SSLContext.getInstance("TLS");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String seed() {
        try {
            return new String(NKey.createUser(null).getSeed());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
