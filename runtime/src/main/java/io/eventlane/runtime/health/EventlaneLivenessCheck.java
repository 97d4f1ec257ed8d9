package io.eventlane.runtime.health;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when only a restart of the application helps a channel. */
@Liveness
@Singleton
public class EventlaneLivenessCheck implements HealthCheck {

    private final ChannelStatuses statuses;

    EventlaneLivenessCheck(ChannelStatuses statuses) {
        this.statuses = statuses;
    }

    @Override
    public HealthCheckResponse call() {
        return Probe.LIVENESS.check(statuses);
    }
}
