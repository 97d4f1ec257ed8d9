package io.eventlane.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.eventlane.channel.DerivedId;
import io.eventlane.runtime.config.EventlaneConfig.KeyPolicy;
import io.eventlane.runtime.config.FailureSettings;
import io.eventlane.runtime.config.FailureSettings.RetryTopic;
import io.eventlane.runtime.failure.DeadLettersImpl;
import io.eventlane.runtime.failure.FailureTreatment;
import io.eventlane.runtime.failure.FailureTreatments;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.FailureHandler;
import io.eventlane.spi.InboundHandler;

/** A channel that treats failures as an application's does, with its topics for failed events. */
final class FailingChannel implements AutoCloseable {

    static final String CHANNEL = "orders";

    private final KafkaTestBroker broker;
    private final String topic;
    private final InboundHandler application;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, String> deadLetterAttributes = new HashMap<>(
            Map.of("max.request.size", "33554432", "max.block.ms", "2000"));
    private final List<RetryTopic> retryTopics = new ArrayList<>();
    private final Map<String, FailureHandler> handlers = new HashMap<>();
    private final DeadLettersImpl letters = new DeadLettersImpl(() -> true);
    private Consumer<TestChannel> limits = channel -> {
    };
    private String strategy = FailureSettings.DEAD_LETTER_QUEUE;
    private String deadLetterTopic;
    private KeyPolicy keyPolicy = KeyPolicy.CONTINUE;
    private int maxAttempts = 1;

    private KafkaConnector outgoing;
    private TestChannel channel;
    private TestChannel.Running running;

    FailingChannel(KafkaTestBroker broker, String topic, InboundHandler application) {
        this.broker = broker;
        this.topic = topic;
        this.application = application;
        this.deadLetterTopic = topic + "-dead";
    }

    FailingChannel strategy(String name) {
        strategy = name;
        return this;
    }

    FailingChannel handler(FailureHandler handler) {
        strategy = "application";
        handlers.put(strategy, handler);
        return this;
    }

    FailingChannel deadLetters(String dead) {
        deadLetterTopic = dead;
        return this;
    }

    FailingChannel deadLetterAttribute(String name, String value) {
        deadLetterAttributes.put(name, value);
        return this;
    }

    FailingChannel quarantine() {
        keyPolicy = KeyPolicy.QUARANTINE;
        return this;
    }

    FailingChannel attempts(int max) {
        maxAttempts = max;
        return this;
    }

    FailingChannel retryTopic(String name, Duration delay) {
        retryTopics.add(new RetryTopic(name, delay));
        return this;
    }

    FailingChannel limits(Consumer<TestChannel> other) {
        limits = other;
        return this;
    }

    FailingChannel start() {
        outgoing = KafkaConnector.open(new KafkaConnector.Definition(Map.of("bootstrap.servers", broker.servers()), List.of(),
                List.of(), Set.of(), Set.of(), timer));
        FailureSettings settings = new FailureSettings(strategy, maxAttempts, Duration.ofMillis(20), Duration.ofMillis(200), 0,
                List.of(), List.of(), deadLetterTopic, keyPolicy, Map.of(), retryTopics);
        FailureTreatment treatment = new FailureTreatments(handlers).of(CHANNEL, settings, DerivedId.of("group", CHANNEL),
                application,
                name -> outgoing.openOutgoing(failureTopic(name)));
        channel = new TestChannel(broker, topic, treatment).policy(treatment);
        retryTopics.stream().map(RetryTopic::topic).distinct().forEach(channel::alsoReading);
        limits.accept(channel);
        letters.add(CHANNEL, treatment, deadLetterTopic == null ? null
                : KafkaDeadLetterReplay.of(Map.of("bootstrap.servers", broker.servers()), group(), Map.of(),
                        failureTopic(deadLetterTopic)));
        running = channel.start();
        return this;
    }

    private KafkaOutgoing failureTopic(String name) {
        return new KafkaOutgoing(CHANNEL + " -> " + name, name, "quarkus.eventlane.incoming.orders.dead-letter-queue.",
                deadLetterAttributes, 10_000, null, true);
    }

    String group() {
        return topic + "-group";
    }

    String deadLetterTopic() {
        return deadLetterTopic;
    }

    long committed(int partition) {
        return broker.committed(group(), topic, partition);
    }

    int failures() {
        return channel.failures.get();
    }

    DeadLettersImpl letters() {
        return letters;
    }

    ChannelStatus status() {
        return running.status();
    }

    @Override
    public void close() {
        letters.close("the test is over");
        running.close();
        outgoing.closeOutgoing(Duration.ofSeconds(5));
        timer.shutdownNow();
    }
}
