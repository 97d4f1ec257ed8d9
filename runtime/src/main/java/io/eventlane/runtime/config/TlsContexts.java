package io.eventlane.runtime.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/** Finds the TLS configurations of the application. */
public interface TlsContexts {

    /** Empty where there is none of that name. */
    Optional<TlsSettings> named(String name);

    /** The one without a name; empty where it is not configured. */
    Optional<TlsSettings> unnamed();

    /**
     * One TLS configuration.
     *
     * @param contexts gives a new context, with the certificates that hold by then
     * @param protocols empty for those that Java allows
     * @param cipherSuites empty for those that Java allows
     */
    record TlsSettings(Supplier<SSLContext> contexts, boolean verifyHostname, List<String> protocols,
            List<String> cipherSuites) {
    }
}
