package io.eventlane.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.eventlane.engine.Ordering;
import io.eventlane.jetstream.ConsumerSettings;
import io.eventlane.runtime.config.EventlaneConfig.Execution;
import io.eventlane.runtime.config.EventlaneConfig.Unmatched;

/**
 * An incoming channel, checked.
 *
 * @param topics at least one, without duplicates
 * @param kafka what is read on Kafka alone
 * @param jetStream what is read on JetStream alone
 * @param attributes what is configured beside the {@linkplain Settings#INCOMING attributes that every connector reads}:
 *        not checked here, but by the connector
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
        Duration maxAge,
        FailureSettings failures,
        Unmatched unmatched,
        Execution execution,
        KafkaAttributes kafka,
        ConsumerSettings jetStream,
        Map<String, String> attributes) {

    /**
     * @param commitInterval how often the progress is committed
     */
    public record KafkaAttributes(Duration commitInterval) {
    }
}
