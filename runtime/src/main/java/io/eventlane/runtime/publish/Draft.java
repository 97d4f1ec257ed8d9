package io.eventlane.runtime.publish;

import org.jspecify.annotations.Nullable;

import io.eventlane.spi.OutboundRecord;

/** A record that can be sent, as often as needed, and what its receipt says of it. */
public record Draft(
        OutboundRecord record,
        @Nullable String aggregateId,
        @Nullable String eventType,
        @Nullable String tenantId) {
}
