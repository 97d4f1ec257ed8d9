package io.eventlane.runtime.lifecycle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.eventlane.runtime.config.EventlaneConfig;
import io.eventlane.runtime.config.Settings;
import io.eventlane.runtime.config.TlsContexts;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The configuration of an application that is called {@code shop}, and has no TLS. */
final class TestSettings {

    static final TlsContexts NO_TLS = new TlsContexts() {

        @Override
        public Optional<TlsSettings> named(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsSettings> unnamed() {
            return Optional.empty();
        }
    };

    private TestSettings() {
    }

    static Settings of(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("quarkus.application.name", "shop");
        return new Settings(new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withMapping(EventlaneConfig.class).withMappingIgnore("quarkus.**")
                .withSources(new PropertiesConfigSource(all, "test", 100)).build().getConfigMapping(EventlaneConfig.class));
    }
}
