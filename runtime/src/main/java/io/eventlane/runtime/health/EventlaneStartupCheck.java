package io.eventlane.runtime.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Down until every channel has begun its work. */
@Startup
@Singleton
public class EventlaneStartupCheck implements HealthCheck {

    private final ChannelStatuses statuses;

    EventlaneStartupCheck(ChannelStatuses statuses) {
        this.statuses = statuses;
    }

    @Override
    public HealthCheckResponse call() {
        return Probe.STARTUP.check(statuses);
    }
}
