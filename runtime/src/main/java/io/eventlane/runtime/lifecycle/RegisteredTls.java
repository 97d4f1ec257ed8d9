package io.eventlane.runtime.lifecycle;

import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import io.eventlane.EventlaneException;
import io.eventlane.runtime.config.TlsContexts;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.net.SSLOptions;

/** The TLS configurations of Quarkus, {@code quarkus.tls}. */
final class RegisteredTls implements TlsContexts {

    private final TlsConfigurationRegistry registry;

    RegisteredTls(TlsConfigurationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Optional<TlsSettings> named(String name) {
        return registry.get(name).map(RegisteredTls::settings);
    }

    @Override
    public Optional<TlsSettings> unnamed() {
        return registry.getDefault().map(RegisteredTls::settings);
    }

    private static TlsSettings settings(TlsConfiguration configuration) {
        boolean anyHost = configuration.isTrustAll()
                || configuration.getHostnameVerificationAlgorithm().filter("NONE"::equalsIgnoreCase).isPresent();
        SSLOptions options = configuration.getSSLOptions();
        return new TlsSettings(() -> context(configuration), !anyHost,
                List.copyOf(options.getEnabledSecureTransportProtocols()), List.copyOf(options.getEnabledCipherSuites()));
    }

    /** Of the certificates that hold by now: the registry reloads them. */
    private static SSLContext context(TlsConfiguration configuration) {
        try {
            return configuration.createSSLContext();
        } catch (Exception e) {
            throw new EventlaneException("The TLS configuration '%s' cannot be used: %s".formatted(configuration.getName(),
                    e.getMessage()), e);
        }
    }
}
