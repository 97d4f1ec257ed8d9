package io.eventlane.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.eventlane.channel.NearestName;
import io.eventlane.runtime.config.EventlaneConfig.Incoming;
import io.eventlane.runtime.config.EventlaneConfig.KeyPolicy;
import io.eventlane.runtime.config.EventlaneConfig.Retry;
import io.eventlane.runtime.config.FailureSettings.RetryTopic;

/** Checks what one channel says about failures. */
final class FailureChecks {

    static final String DEAD_LETTER_QUEUE = "dead-letter-queue.";
    private static final Pattern RETRY_TOPIC = Pattern.compile(".+_retry_([0-9]{1,12})");

    private final String channel;
    private final String prefix;
    private final List<String> topics;
    private final Problems problems;

    /**
     * @param prefix of the channel's properties
     * @param topics that the channel reads
     */
    FailureChecks(String channel, String prefix, List<String> topics, Problems problems) {
        this.channel = channel;
        this.prefix = prefix;
        this.topics = topics;
        this.problems = problems;
    }

    /**
     * @param handlers the names of the application's failure handlers
     */
    FailureSettings of(Incoming in, Collection<String> handlers) {
        String strategy = in.failureStrategy().strip();
        checkStrategy(strategy, handlers);
        Retry retry = in.retry();
        checkRetry(retry);
        return new FailureSettings(strategy, retry.maxAttempts(), retry.initialDelay(), retry.maxDelay(), retry.jitter(),
                names(retry.retryOn().orElse(List.of()), "retry.retry-on"),
                names(retry.abortOn().orElse(List.of()), "retry.abort-on"),
                deadLetterTopic(in, strategy), in.deadLetterQueue().keyPolicy(),
                deadLetterAttributes(in.deadLetterQueue().all()),
                retryTopics(in, strategy));
    }

    private void checkStrategy(String strategy, Collection<String> handlers) {
        TreeSet<String> known = new TreeSet<>(FailureSettings.STRATEGIES);
        known.addAll(handlers);
        problems.require(known.contains(strategy), prefix + "failure-strategy",
                "must be one of %s, or the @Identifier of a FailureHandler bean, of which there %s, but is '%s'%s".formatted(
                        String.join(", ", FailureSettings.STRATEGIES),
                        handlers.isEmpty() ? "is none" : "are " + String.join(", ", new TreeSet<>(handlers)), strategy,
                        NearestName.of(strategy, known).map(name -> "; did you mean " + name + "?").orElse("")));
    }

    private void checkRetry(Retry retry) {
        String initialDelay = prefix + "retry.initial-delay";
        problems.require(retry.maxAttempts() >= 1, prefix + "retry.max-attempts",
                "must be at least 1, but is " + retry.maxAttempts());
        problems.require(retry.initialDelay().isPositive(), initialDelay,
                "must be longer than zero, but is " + retry.initialDelay());
        problems.require(retry.maxDelay().compareTo(retry.initialDelay()) >= 0, prefix + "retry.max-delay",
                "(" + retry.maxDelay() + ") must not be shorter than " + initialDelay + " (" + retry.initialDelay() + ")");
        problems.require(retry.jitter() >= 0 && retry.jitter() <= 1, prefix + "retry.jitter",
                "must be from 0 to 1, but is " + retry.jitter());
    }

    private List<String> names(List<String> classes, String attribute) {
        List<String> names = classes.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
        for (String name : names) {
            problems.require(name.indexOf('.') > 0, prefix + attribute,
                    "must hold the full names of classes, such as java.io.IOException, but holds '" + name + "'");
        }
        return names;
    }

    private @Nullable String deadLetterTopic(Incoming in, String strategy) {
        String property = prefix + DEAD_LETTER_QUEUE + "topic";
        String given = in.deadLetterQueue().topic().map(String::strip).orElse(null);
        String topic = given == null && strategy.equals(FailureSettings.DEAD_LETTER_QUEUE) ? "dead-letter-topic-" + channel
                : given;
        if (topic != null) {
            problems.require(!topic.isEmpty(), property, "must not be blank");
            problems.require(!topics.contains(topic), property,
                    "must be another topic than those that the channel reads, but is '" + topic + "'");
        }
        problems.require(topic != null || in.deadLetterQueue().keyPolicy() == KeyPolicy.CONTINUE,
                prefix + DEAD_LETTER_QUEUE + "key-policy", "has no effect without a dead-letter topic: set " + property
                        + ", or failure-strategy=" + FailureSettings.DEAD_LETTER_QUEUE);
        return topic;
    }

    /** What stands there beside the attributes that every connector reads. */
    private static Map<String, String> deadLetterAttributes(Map<String, String> all) {
        Map<String, String> attributes = new TreeMap<>(all);
        attributes.keySet().removeAll(FailureSettings.DEAD_LETTER_ATTRIBUTES);
        return attributes;
    }

    private List<RetryTopic> retryTopics(Incoming in, String strategy) {
        if (!strategy.equals(FailureSettings.DELAYED_RETRY_TOPIC)) {
            problems.require(in.delayedRetryTopic().topics().isEmpty(), prefix + "delayed-retry-topic.topics",
                    "has no effect without failure-strategy=" + FailureSettings.DELAYED_RETRY_TOPIC);
            return List.of();
        }
        String first = topics.isEmpty() ? channel : topics.getFirst();
        List<RetryTopic> all = new ArrayList<>();
        for (String name : in.delayedRetryTopic().topics().orElse(List.of(first + "_retry_10000", first + "_retry_20000"))) {
            Matcher topic = RETRY_TOPIC.matcher(name.strip());
            if (topic.matches() && !topics.contains(name.strip())) {
                all.add(new RetryTopic(name.strip(), Duration.ofMillis(Long.parseLong(topic.group(1)))));
            } else {
                problems.add(prefix + "delayed-retry-topic.topics", "must hold names that end with _retry_ and the delay in"
                        + " milliseconds, and none that the channel reads, but holds '" + name + "'");
            }
        }
        return List.copyOf(all);
    }
}
