package io.eventlane.runtime.health;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.eventlane.spi.ChannelStatus;

/** What the health checks ask of the running application, on any thread. */
public interface ChannelStatuses {

    /** {@code false} with {@code quarkus.eventlane.enabled=false}. */
    boolean isEnabled();

    /** When the shutdown of the application began; {@code null} before that. */
    @Nullable
    Instant stoppingSince();

    /** Every channel that was started. */
    List<ChannelStatus> channels();
}
