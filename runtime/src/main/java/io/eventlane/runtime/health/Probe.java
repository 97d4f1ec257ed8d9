package io.eventlane.runtime.health;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.ChannelStatus.Severity;
import io.eventlane.spi.ChannelStatus.Trouble;

/** The kinds of checks: which troubles each minds, and what it tells of them. */
enum Probe {

    /** Whether a restart would help. */
    LIVENESS("liveness", Set.of(Severity.DEAD)),

    /** Whether all work gets done. The one that tells the facts, so that they are there once for all checks together. */
    READINESS("readiness", Set.of(Severity.values())),

    /** Whether the work has begun. */
    STARTUP("startup", Set.of(Severity.NOT_STARTED));

    /** Tells of the whole of Eventlane; a channel's entry has the channel's name. */
    private static final String EVENTLANE = "eventlane";

    private final String title;
    private final Set<Severity> minded;

    Probe(String kind, Set<Severity> minded) {
        this.title = "Eventlane - " + kind + " check";
        this.minded = minded;
    }

    HealthCheckResponse check(ChannelStatuses statuses) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(title).up();
        if (!statuses.isEnabled()) {
            return response.withData(EVENTLANE, "switched off: quarkus.eventlane.enabled=false").build();
        }
        Instant stoppingSince = statuses.stoppingSince();
        if (stoppingSince != null) {
            // What a channel that is being closed looks like tells nobody anything.
            return response.status(this != READINESS)
                    .withData(EVENTLANE, "shutting down since " + readable(stoppingSince)).build();
        }
        statuses.channels().forEach(channel -> tell(channel, response));
        return response.build();
    }

    private void tell(ChannelStatus channel, HealthCheckResponseBuilder response) {
        List<Trouble> troubles = channel.troubles().stream().filter(trouble -> minded.contains(trouble.severity())).toList();
        if (troubles.isEmpty()) {
            response.withData(channel.channel(), "[UP]");
        } else {
            response.down().withData(channel.channel(), troubles.stream()
                    .map(trouble -> "since " + readable(trouble.since()) + ": " + trouble.what())
                    .collect(Collectors.joining("; ", "[DOWN] ", "")));
        }
        if (this == READINESS) {
            channel.facts().forEach((name, fact) -> tell(channel.channel() + "." + name, fact, response));
        }
    }

    private static Instant readable(Instant since) {
        return since.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Of numbers, health data know the {@code long} alone. */
    private static void tell(String key, Object fact, HealthCheckResponseBuilder response) {
        switch (fact) {
            case Boolean yes -> response.withData(key, yes);
            case Long number -> response.withData(key, number);
            case Integer number -> response.withData(key, number);
            default -> response.withData(key, fact.toString());
        }
    }
}
