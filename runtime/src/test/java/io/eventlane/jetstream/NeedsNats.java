package io.eventlane.jetstream;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIf;

/** The test runs a nats-server. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.eventlane.brokers.NatsServers#found", disabledReason = "no nats-server: run brokers/nats-servers")
@interface NeedsNats {
}
