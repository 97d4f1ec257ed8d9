package io.eventlane.runtime.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down while part of a channel's work does not get done, and while the application shuts down. */
@Readiness
@Singleton
public class EventlaneReadinessCheck implements HealthCheck {

    private final ChannelStatuses statuses;

    EventlaneReadinessCheck(ChannelStatuses statuses) {
        this.statuses = statuses;
    }

    @Override
    public HealthCheckResponse call() {
        return Probe.READINESS.check(statuses);
    }
}
