package io.eventlane.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.Test;

import io.eventlane.runtime.config.TlsContexts.TlsSettings;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;

class RegisteredTlsTest {

    @Test
    void whenAConfigurationIsNamed_thenItsContextsAreMadeAnewEachTime() {
        TlsSettings settings = tls(new Configuration(false, Optional.empty())).named("nats").orElseThrow();

        assertThat(settings.verifyHostname()).isTrue();
        assertThat(settings.protocols()).containsExactly("TLSv1.3");
        assertThat(settings.cipherSuites()).containsExactly("TLS_AES_256_GCM_SHA384");
        assertThat(settings.contexts().get()).isNotSameAs(settings.contexts().get());
    }

    @Test
    void whenHostsAreNotToBeVerified_thenTheyAreNot() {
        assertThat(tls(new Configuration(true, Optional.empty())).unnamed().orElseThrow().verifyHostname()).isFalse();
        assertThat(tls(new Configuration(false, Optional.of("NONE"))).unnamed().orElseThrow().verifyHostname()).isFalse();
        assertThat(tls(new Configuration(false, Optional.of("HTTPS"))).unnamed().orElseThrow().verifyHostname()).isTrue();
    }

    @Test
    void whenThereIsNoConfigurationOfThatName_thenNothingIsFound() {
        assertThat(tls(new Configuration(false, Optional.empty())).named("other")).isEmpty();
    }

    @Test
    void whenAContextCannotBeMade_thenTheErrorNamesTheConfiguration() {
        TlsSettings settings = tls(new Configuration(false, Optional.empty()) {
            @Override
            public SSLContext createSSLContext() throws Exception {
                throw new IllegalStateException("expired");
            }
        }).named("nats").orElseThrow();

        assertThatThrownBy(() -> settings.contexts().get()).hasMessage("The TLS configuration 'nats' cannot be used: expired");
    }

    private static RegisteredTls tls(TlsConfiguration configuration) {
        return new RegisteredTls(new TlsConfigurationRegistry() {
            @Override
            public Optional<TlsConfiguration> get(String name) {
                return Optional.of(configuration).filter(one -> name.equals(one.getName()));
            }

            @Override
            public Optional<TlsConfiguration> getDefault() {
                return Optional.of(configuration);
            }

            @Override
            public void register(String name, TlsConfiguration other) {
                throw new UnsupportedOperationException();
            }
        });
    }

    private static class Configuration implements TlsConfiguration {

        private final boolean trustAll;
        private final Optional<String> algorithm;

        Configuration(boolean trustAll, Optional<String> algorithm) {
            this.trustAll = trustAll;
            this.algorithm = algorithm;
        }

        @Override
        public String getName() {
            return "nats";
        }

        @Override
        public SSLContext createSSLContext() throws Exception {
            return SSLContext.getInstance("TLS");
        }

        @Override
        public boolean isTrustAll() {
            return trustAll;
        }

        @Override
        public Optional<String> getHostnameVerificationAlgorithm() {
            return algorithm;
        }

        @Override
        public SSLOptions getSSLOptions() {
            SSLOptions options = new SSLOptions().addEnabledCipherSuite("TLS_AES_256_GCM_SHA384");
            options.setEnabledSecureTransportProtocols(new LinkedHashSet<>(List.of("TLSv1.3")));
            return options;
        }

        @Override
        public KeyStore getKeyStore() {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyCertOptions getKeyStoreOptions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public KeyStore getTrustStore() {
            throw new UnsupportedOperationException();
        }

        @Override
        public TrustOptions getTrustStoreOptions() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean usesSni() {
            return false;
        }

        @Override
        public boolean reload() {
            return false;
        }
    }
}
