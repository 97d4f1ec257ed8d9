package io.eventlane.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eventlane.engine.Ordering;
import io.eventlane.runtime.config.EventlaneConfig.Execution;
import io.eventlane.runtime.config.EventlaneConfig.Unmatched;

/**
 * An incoming channel, checked.
 *
 * @param topics at least one, without duplicates
 * @param clientAttributes what is configured beside Eventlane's own attributes: not checked here, but by the
 *        connector
 */
public record IncomingSettings(
        String channel,
        List<String> topics,
        String groupId,
        Ordering ordered,
        int maxConcurrency,
        int maxQueued,
        long maxQueuedBytes,
        int maxSpan,
        Duration revokeTimeout,
        Duration commitInterval,
        Duration maxAge,
        FailureSettings failures,
        Unmatched unmatched,
        Execution execution,
        Map<String, String> clientAttributes) {
}
