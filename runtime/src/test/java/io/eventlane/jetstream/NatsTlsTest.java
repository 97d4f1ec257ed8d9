package io.eventlane.jetstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.eventlane.brokers.Certificates;
import io.eventlane.brokers.FreePort;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.eventlane.jetstream.ConnectionSettings.Tls;

@NeedsNats
@Timeout(60)
class NatsTlsTest {

    @TempDir
    private static Path directory;
    private static Certificates certificates;
    private static Certificates others;

    @BeforeAll
    static void create() throws Exception {
        certificates = Certificates.create(Files.createDirectory(directory.resolve("own")));
        others = Certificates.create(Files.createDirectory(directory.resolve("other")));
    }

    @Test
    void whenTheServersCertificateIsTrusted_thenItConnects() {
        try (NatsServer server = NatsServer.start(secured(certificates)); TestLink link = to(server, tls(certificates))) {
            link.awaitHeard("up");
        }
    }

    @Test
    void whenTheServerWantsACertificate_thenTheClientsIsShown() {
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withTls(certificates.server(), certificates.serverKey(),
                certificates.authority());
        try (NatsServer server = NatsServer.start(options); TestLink link = to(server, tls(certificates))) {
            link.awaitHeard("up");
        }
        try (NatsServer server = NatsServer.start(options);
                TestLink link = to(server, tls(() -> trusting(certificates, false)))) {
            assertTrouble(link, "certificate");
        }
    }

    @Test
    void whenTheServersCertificateIsNotTrusted_thenItDoesNotConnectAndSaysWhy() {
        try (NatsServer server = NatsServer.start(secured(certificates)); TestLink link = to(server, tls(others))) {
            assertTrouble(link, "PKIX");
        }
    }

    @Test
    @Tag("wide")
    void whenTheServerDemandsTlsAndNoneIsConfigured_thenItSaysSo() {
        try (NatsServer server = NatsServer.start(secured(certificates)); TestLink link = to(server, null)) {
            assertTrouble(link, "SSL required by server");
        }
    }

    @Test
    void whenTheServerHasNoTls_thenItDoesNotConnectWithout() {
        try (TestLink link = to(NatsServer.shared(), tls(certificates))) {
            assertTrouble(link, "SSL connection wanted by client");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whenTheCertificateIsForAnotherHost_thenItConnectsOnlyIfThatIsNotToBeVerified() {
        int port = FreePort.find();
        NatsServerOptions everywhere = secured(certificates).withPort(port).withSetting("listen", "\"0.0.0.0:" + port + "\"");
        try (NatsServer server = NatsServer.start(everywhere)) {
            Tls tls = tls(certificates);
            ConnectionSettings settings = ConnectionSettings.of("test", "nats://127.0.0.2:" + server.port());
            try (TestLink link = TestLink.open(Links.with(settings, tls))) {
                assertTrouble(link, "127.0.0.2");
            }
            try (TestLink link = TestLink.open(
                    Links.with(settings, new Tls(tls.contexts(), false, List.of(), List.of(), false)))) {
                link.awaitHeard("up");
            }
        }
    }

    @Test
    @Tag("wide")
    void whenProtocolsAreChosen_thenThoseAreUsed() {
        NatsServerOptions options = secured(certificates);
        try (NatsServer server = NatsServer.start(options.withSetting("tls",
                "{ cert_file: \"" + certificates.server() + "\", key_file: \"" + certificates.serverKey()
                        + "\", min_version: \"1.3\" }"))) {
            Tls tls = tls(certificates);
            try (TestLink link = to(server, new Tls(tls.contexts(), true, List.of("TLSv1.2"), List.of(), false))) {
                assertTrouble(link, "protocol");
            }
            try (TestLink link = to(server, new Tls(tls.contexts(), true, List.of("TLSv1.3"),
                    List.of("TLS_AES_256_GCM_SHA384"), false))) {
                link.awaitHeard("up");
            }
        }
    }

    @Test
    @Tag("wide")
    void whenTlsComesFirst_thenItConnects() {
        NatsServerOptions options = NatsServerOptions.DEFAULTS.withSetting("tls", "{ cert_file: \"" + certificates.server()
                + "\", key_file: \"" + certificates.serverKey() + "\", handshake_first: true }");
        Tls tls = tls(certificates);
        try (NatsServer server = NatsServer.start(options);
                TestLink link = to(server, new Tls(tls.contexts(), true, List.of(), List.of(), true))) {
            link.awaitHeard("up");
        }
    }

    @Test
    void whenTheCertificatesWereRenewed_thenTheNextConnectionIsMadeWithTheNewOnes() {
        AtomicReference<Certificates> now = new AtomicReference<>(certificates);
        try (NatsServer before = NatsServer.start(secured(certificates));
                TestLink link = to(before, tls(() -> trusting(now.get(), true)))) {
            link.awaitHeard("up");
            before.close();
            now.set(others);
            try (NatsServer after = NatsServer.start(secured(others).withPort(before.port()))) {
                link.awaitHeard("up", "down", "up");
            }
        }
    }

    /** A certificate is hardly ever for the addresses by which servers know each other. */
    @Test
    @Tag("wide")
    @EnabledOnOs(OS.LINUX)
    void whenAnotherServerOfTheClusterIsDiscovered_thenItsCertificateIsComparedWithTheNameOfTheFirst() throws Exception {
        int one = FreePort.find();
        int other = FreePort.find();
        int routes = FreePort.find();
        NatsServerOptions second = secured(certificates).withPort(other)
                .withSetting("server_name", "two").withSetting("jetstream", "false")
                .withSetting("listen", "\"0.0.0.0:" + other + "\"")
                .withSetting("client_advertise", "\"127.0.0.2:" + other + "\"")
                .withSetting("cluster",
                        "{ name: c, listen: \"127.0.0.1:" + FreePort.find() + "\", routes: [ \"nats://127.0.0.1:"
                                + routes + "\" ] }");
        NatsServerOptions first = secured(certificates).withPort(one).withSetting("jetstream", "false")
                .withSetting("server_name", "one").withSetting("cluster", "{ name: c, listen: \"127.0.0.1:" + routes + "\" }");
        try (NatsServer a = NatsServer.start(first);
                NatsServer b = NatsServer.start(second);
                TestLink link = TestLink.open(
                        Links.with(ConnectionSettings.of("test", "nats://localhost:" + one), tls(certificates)))) {
            link.awaitHeard("up");
            await().until(() -> link.connection().getServers().stream().anyMatch(server -> server.contains("127.0.0.2")));
            a.kill();

            link.awaitHeard("up", "down", "up");
            assertThat(link.link.status().server()).startsWith("two at ").contains("127.0.0.2:" + other);
        }
    }

    private static void assertTrouble(TestLink link, String text) {
        await().untilAsserted(() -> assertThat(link.link.status().trouble()).contains(text));
        assertThat(link.heard()).isEmpty();
    }

    private static NatsServerOptions secured(Certificates with) {
        return NatsServerOptions.DEFAULTS.withTls(with.server(), with.serverKey(), null);
    }

    private static TestLink to(NatsServer server, Tls tls) {
        return TestLink.to(server, settings -> Links.with(settings, tls));
    }

    private static Tls tls(Certificates certificates) {
        return tls(() -> trusting(certificates, true));
    }

    private static Tls tls(Supplier<SSLContext> contexts) {
        return new Tls(contexts, true, List.of(), List.of(), false);
    }

    private static SSLContext trusting(Certificates certificates, boolean withKey) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(certificates.trustStore()));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(certificates.keyStore()), Certificates.PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(withKey ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, Certificates.PASSWORD.toCharArray());
        }
        return store;
    }
}
