package io.eventlane.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.eventlane.runtime.config.EventlaneConfig.KeyPolicy;

/**
 * What becomes of failed events of a channel, checked.
 *
 * @param strategy the name of a built-in strategy, or of a failure handler
 * @param retryOn names of classes; empty for all
 * @param abortOn names of classes
 * @param deadLetterTopic {@code null} where nothing goes there
 * @param deadLetterAttributes what is configured beneath {@code dead-letter-queue.} beside the
 *        {@linkplain #DEAD_LETTER_ATTRIBUTES attributes that every connector reads}: not checked here, but by the connector
 * @param retryTopics where events wait for another attempt, one after the other; empty unless the strategy says so
 */
public record FailureSettings(
        String strategy,
        int maxAttempts,
        Duration initialDelay,
        Duration maxDelay,
        double jitter,
        List<String> retryOn,
        List<String> abortOn,
        @Nullable String deadLetterTopic,
        KeyPolicy keyPolicy,
        Map<String, String> deadLetterAttributes,
        List<RetryTopic> retryTopics) {

    public static final String PARK = "park";
    public static final String DEAD_LETTER_QUEUE = "dead-letter-queue";
    public static final String DELAYED_RETRY_TOPIC = "delayed-retry-topic";
    public static final String IGNORE = "ignore";
    public static final String FAIL = "fail";

    /** The built-in strategies. */
    static final List<String> STRATEGIES = List.of(PARK, DEAD_LETTER_QUEUE, DELAYED_RETRY_TOPIC, IGNORE, FAIL);

    /** What every connector reads beneath {@code dead-letter-queue.}. */
    public static final Set<String> DEAD_LETTER_ATTRIBUTES = Set.of("topic", "key-policy");

    /** All topics for failed events. */
    public List<String> topics() {
        return Stream.concat(Stream.ofNullable(deadLetterTopic), retryTopics.stream().map(RetryTopic::topic)).toList();
    }

    /** A topic in which events wait for so long. */
    public record RetryTopic(String topic, Duration delay) {
    }
}
