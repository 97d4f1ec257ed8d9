package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.eventlane.jetstream.Authentication.CredentialsFile;
import io.eventlane.jetstream.Authentication.None;
import io.eventlane.jetstream.Authentication.Seed;
import io.eventlane.jetstream.Authentication.SeedFile;
import io.eventlane.jetstream.Authentication.Token;
import io.eventlane.jetstream.Authentication.UserPassword;
import io.nats.client.Connection;
import io.nats.client.NKey;

@NeedsNats
@Timeout(60)
class NatsAuthenticationTest {

    private static final NatsServerOptions DEFAULTS = NatsServerOptions.DEFAULTS;
    private static final String ODD = "p@ss \"word\" \\ ü";

    /** The client waits for so long after each refusal, instead of trying the next server. */
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    private Path directory;

    @Test
    void whenTheUserIsRight_thenItConnects() {
        assertConnects(DEFAULTS.withUser("shop", ODD), new UserPassword("shop", ODD));
    }

    @Test
    void whenTheTokenIsRight_thenItConnects() {
        assertConnects(DEFAULTS.withToken("t \"x\" \\"), new Token("t \"x\" \\"));
    }

    @Test
    void whenTheNKeyIsRight_thenItConnects() throws Exception {
        NKey user = NKey.createUser(null);
        String seed = new String(user.getSeed());
        Path file = Files.writeString(directory.resolve("seed.nk"), seed + "\n");

        assertConnects(DEFAULTS.withNkey(new String(user.getPublicKey())), new Seed(seed));
        assertConnects(DEFAULTS.withNkey(new String(user.getPublicKey())), new SeedFile(file));
    }

    @Test
    void whenTheCredentialsAreRight_thenItConnects() throws Exception {
        JwtAccount account = new JwtAccount();
        Path file = directory.resolve("user.creds");
        account.writeCredentials(file, null);

        assertConnects(account.server(), new CredentialsFile(file));
    }

    @Test
    void whenTheAddressHoldsTheUser_thenItConnects() {
        String text = "nats://shop:p%40ss@127.0.0.1:";
        try (NatsServer server = NatsServer.start(DEFAULTS.withUser("shop", "p@ss"));
                TestLink link = TestLink.open(Links.with(ConnectionSettings.of("test", text + server.port()),
                        ServerAddress.authentication(text + server.port())))) {
            link.awaitHeard("up");
            assertThat(link.connection().getConnectedUrl()).doesNotContain("p@ss", "p%40ss");
        }
    }

    @Test
    void whenTheCredentialsAreWrong_thenThatIsToldWithoutThemAndItGoesOnTrying() throws Exception {
        String hidden = "hidden";
        for (Authentication wrong : List.of(new UserPassword("shop", hidden), new Token(hidden),
                new Seed(new String(NKey.createUser(null).getSeed())), new None())) {
            try (NatsServer server = NatsServer.start(DEFAULTS.withUser("shop", "right"));
                    Logs logs = Logs.listen();
                    TestLink link = TestLink.to(server, settings -> impatient(settings, wrong))) {
                await().untilAsserted(
                        () -> assertThat(link.link.status().trouble()).startsWith("Authorization Violation ("));
                await().until(() -> attempts(server) >= 2);

                assertThat(logs.containing("Authorization Violation")).hasSize(1);
                assertThat(link.heard()).isEmpty();
                assertThat(logs.all()).noneMatch(line -> line.contains(hidden));
                if (wrong instanceof Seed seed) {
                    assertThat(logs.all()).noneMatch(line -> line.contains(seed.seed()));
                }
                assertThat(link.link.status().toString()).doesNotContain(hidden);
            }
        }
    }

    /** The client gives a connection up after two refusals. */
    @Test
    void whenARefusedUserIsAllowedAgain_thenThereIsANewConnection() {
        try (NatsServer server = NatsServer.start(DEFAULTS.withUser("shop", "p"))) {
            NatsServerOptions samePort = DEFAULTS.withPort(server.port());
            try (TestLink link = TestLink.to(server, settings -> impatient(settings, new UserPassword("shop", "p")))) {
                link.awaitHeard("up");
                Connection before = link.connection();
                server.close();
                try (NatsServer other = NatsServer.start(samePort.withUser("shop", "changed"))) {
                    await().untilAsserted(
                            () -> assertThat(link.link.status().trouble()).startsWith("Authorization Violation ("));
                    await().until(() -> before.getStatus() == Connection.Status.CLOSED);
                    assertThat(link.connection()).isSameAs(before);
                }
                try (NatsServer again = NatsServer.start(samePort.withUser("shop", "p"))) {
                    link.awaitHeard("up", "down", "up");

                    assertThat(link.connection()).isNotSameAs(before);
                    assertThat(link.connection().getStatus()).isEqualTo(Connection.Status.CONNECTED);
                }
            }
        }
    }

    @Test
    @Tag("wide")
    void whenCredentialsExpire_thenTheRenewedOnesAreTakenUp() throws Exception {
        JwtAccount account = new JwtAccount();
        Path file = directory.resolve("user.creds");
        account.writeCredentials(file, Duration.ofSeconds(2));
        try (NatsServer server = NatsServer.start(account.server());
                TestLink link = TestLink.to(server, settings -> impatient(settings, new CredentialsFile(file)))) {
            link.awaitHeard("up");
            await().until(() -> link.heard().contains("down"));
            await().untilAsserted(() -> assertThat(link.link.status().trouble()).startsWith("Authorization Violation ("));

            Instant renewed = Instant.now();
            account.writeCredentials(file, null);

            await().untilAsserted(() -> assertThat(link.link.status()).returns(true, LinkStatus::connected)
                    .satisfies(status -> assertThat(status.since()).isAfter(renewed)));
            assertThat(link.heard()).startsWith("up", "down").endsWith("up");
        }
    }

    @Test
    void whenTheFileIsGone_thenThatIsToldAndItGoesOnTrying() throws Exception {
        JwtAccount account = new JwtAccount();
        Path file = directory.resolve("user.creds");
        try (NatsServer server = NatsServer.start(account.server());
                TestLink link = TestLink.to(server, settings -> impatient(settings, new CredentialsFile(file)))) {
            await().untilAsserted(() -> assertThat(link.link.status().trouble()).contains(file.toString()));

            account.writeCredentials(file, null);

            link.awaitHeard("up");
        }
    }

    private static ConnectionSettings impatient(ConnectionSettings settings, Authentication authentication) {
        return Links.with(Links.withConnectionTimeout(settings, SHORT), authentication);
    }

    private static int attempts(NatsServer server) throws Exception {
        return Files.readString(server.logFile()).split("authentication error", -1).length - 1;
    }

    private static void assertConnects(NatsServerOptions options, Authentication authentication) {
        try (NatsServer server = NatsServer.start(options);
                TestLink link = TestLink.to(server, settings -> Links.with(settings, authentication))) {
            link.awaitHeard("up");
        }
    }
}
