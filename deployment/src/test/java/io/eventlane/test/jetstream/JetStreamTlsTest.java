package io.eventlane.test.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.eventlane.EventPublisher;
import io.eventlane.PublishTo;
import io.eventlane.brokers.Certificates;
import io.eventlane.brokers.NatsServer;
import io.eventlane.brokers.NatsServerOptions;
import io.quarkus.test.QuarkusUnitTest;

/** The server and the application show each other certificates, the application's from a TLS configuration of Quarkus. */
class JetStreamTlsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = JetStreamApplication.of()
            .setBeforeAllCustomizer(Secured::start)
            .setAfterAllCustomizer(Secured::stop)
            .overrideConfigKey("quarkus.eventlane.jetstream.tls-configuration-name", "nats");

    @Inject
    @PublishTo("secured")
    EventPublisher<String> secured;

    @Test
    void whenTheCertificatesAreRight_thenAnEventIsPublished() {
        assertThat(secured.publish("key", "payload").toCompletableFuture().join().position()).isNotNull();
    }

    /** Outside of the application, in the class loader of the test. */
    private static final class Secured {

        private static final String STORES = "quarkus.tls.nats.";
        private static NatsServer server;
        private static Map<String, String> properties = Map.of();

        static void start() {
            Certificates certificates;
            try {
                certificates = Certificates.create(Files.createTempDirectory(Path.of("target"), "tls"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = NatsServer.start(NatsServerOptions.DEFAULTS.withTls(certificates.server(), certificates.serverKey(),
                    certificates.authority()));
            properties = Map.of("quarkus.eventlane.jetstream.servers", server.url(),
                    STORES + "trust-store.p12.path", certificates.trustStore().toString(),
                    STORES + "trust-store.p12.password", Certificates.PASSWORD,
                    STORES + "key-store.p12.path", certificates.keyStore().toString(),
                    STORES + "key-store.p12.password", Certificates.PASSWORD);
            properties.forEach(System::setProperty);
        }

        static void stop() {
            properties.keySet().forEach(System::clearProperty);
            Objects.requireNonNull(server).close();
        }
    }
}
