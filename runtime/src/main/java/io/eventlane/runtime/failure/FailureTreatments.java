package io.eventlane.runtime.failure;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.DerivedId;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.runtime.config.EventlaneConfig.KeyPolicy;
import io.eventlane.runtime.config.FailureSettings;
import io.eventlane.runtime.config.FailureSettings.RetryTopic;
import io.eventlane.spi.FailureHandler;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.Outbound;

/** Puts together what a channel does with failures, from its settings. */
public final class FailureTreatments {

    private final Map<String, FailureHandler> handlers;

    /**
     * @param handlers the application's, by their names
     */
    public FailureTreatments(Map<String, FailureHandler> handlers) {
        this.handlers = Map.copyOf(handlers);
    }

    /**
     * @param ids of the letters that the channel sends
     * @param application the application's handler
     * @param topics opens a topic for failed events
     */
    public FailureTreatment of(String channel, FailureSettings settings, DerivedId ids, InboundHandler application,
            Function<String, Outbound> topics) {
        RetryPolicy retry = new RetryPolicy(settings.initialDelay(), settings.maxDelay(), settings.jitter());
        Retryable retryable = Retryable.of(settings.retryOn(), settings.abortOn());
        DelayedRetries delayed = delayed(settings.retryTopics(), topics, ids);
        DeadLetterQueue queue = settings.deadLetterTopic() == null ? null
                : new DeadLetterQueue(
                        new FailureTopic(topics.apply(settings.deadLetterTopic()), LetterHeaders.DEAD_LETTER, ids), delayed,
                        new Quarantine(), settings.keyPolicy() == KeyPolicy.QUARANTINE);
        return new FailureTreatment(application, retry, settings.maxAttempts(), retryable,
                lastResort(channel, settings.strategy(), retry, retryable, queue, delayed), delayed, queue);
    }

    private LastResort lastResort(String channel, String strategy, RetryPolicy retry, Retryable retryable,
            @Nullable DeadLetterQueue queue, DelayedRetries delayed) {
        LastResort park = LastResorts.park(retry);
        return switch (strategy) {
            case FailureSettings.PARK -> park;
            case FailureSettings.FAIL -> LastResorts.fail();
            case FailureSettings.IGNORE -> LastResorts.ignore();
            case FailureSettings.DEAD_LETTER_QUEUE -> LastResorts.deadLetter(Objects.requireNonNull(queue));
            case FailureSettings.DELAYED_RETRY_TOPIC ->
                LastResorts.delayedRetry(delayed, retryable, queue == null ? park : LastResorts.deadLetter(queue));
            default -> LastResorts.ask(Objects.requireNonNull(handlers.get(strategy)), channel, retry, queue);
        };
    }

    private static DelayedRetries delayed(List<RetryTopic> settings, Function<String, Outbound> topics, DerivedId ids) {
        Map<String, FailureTopic> opened = new HashMap<>();
        Map<String, Duration> delays = new HashMap<>();
        for (RetryTopic one : settings) {
            delays.put(one.topic(), one.delay());
            opened.computeIfAbsent(one.topic(),
                    topic -> new FailureTopic(topics.apply(topic), LetterHeaders.DELAYED_RETRY, ids));
        }
        return new DelayedRetries(settings.stream().map(one -> Objects.requireNonNull(opened.get(one.topic()))).toList(),
                delays);
    }
}
