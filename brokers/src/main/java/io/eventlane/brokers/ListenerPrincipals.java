package io.eventlane.brokers;

import org.apache.kafka.common.security.auth.AuthenticationContext;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder;

/**
 * Who is at the other end of a connection that nobody logged in on: on the listener of clients it is
 * {@code User:ANONYMOUS}, on those of brokers and controllers it is {@code User:broker}. So a rule that denies clients
 * something leaves the brokers alone. Kafka creates it by name, in the broker's JVM.
 */
public final class ListenerPrincipals extends DefaultKafkaPrincipalBuilder {

    private static final KafkaPrincipal BROKER = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, KafkaBrokerOptions.SUPER_USER);

    public ListenerPrincipals() {
        super(null, null);
    }

    @Override
    public KafkaPrincipal build(AuthenticationContext context) {
        return context.listenerName().equals(ServerProperties.CLIENTS) ? KafkaPrincipal.ANONYMOUS : BROKER;
    }
}
