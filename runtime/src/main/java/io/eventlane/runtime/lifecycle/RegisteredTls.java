package io.eventlane.runtime.lifecycle;

import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import io.eventlane.runtime.config.TlsContexts;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/** The TLS registry of Quarkus. */
record RegisteredTls(TlsConfigurationRegistry registry) implements TlsContexts {

    @Override
    public Optional<TlsSettings> named(String name) {
        return registry.get(name).map(configuration -> settings(configuration, name));
    }

    @Override
    public Optional<TlsSettings> unnamed() {
        return registry.getDefault().map(configuration -> settings(configuration, "(default)"));
    }

    private static TlsSettings settings(TlsConfiguration configuration, String name) {
        boolean verifies = configuration.getHostnameVerificationAlgorithm().map(algorithm -> !algorithm.equals("NONE"))
                .orElse(true);
        return new TlsSettings(() -> context(configuration, name), verifies && !configuration.isTrustAll(),
                List.copyOf(configuration.getSSLOptions().getEnabledSecureTransportProtocols()),
                List.copyOf(configuration.getSSLOptions().getEnabledCipherSuites()));
    }

    private static SSLContext context(TlsConfiguration configuration, String name) {
        try {
            return configuration.createSSLContext();
        } catch (Exception e) {
            throw new IllegalStateException("the TLS configuration " + name + " cannot be used: " + e.getMessage(), e);
        }
    }
}
