package io.eventlane.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.eventlane.channel.NearestName;
import io.eventlane.jetstream.ConnectionSettings;
import io.eventlane.jetstream.TopicSpec;
import io.eventlane.jetstream.TopicSpecs;
import io.eventlane.runtime.config.EventlaneConfig.Incoming;
import io.eventlane.runtime.config.EventlaneConfig.Outgoing;
import io.eventlane.runtime.config.IncomingSettings.KafkaAttributes;
import io.eventlane.runtime.config.OutgoingSettings.JetStreamAttributes;

/**
 * The configuration of the application's channels, checked as a whole.
 */
public final class Settings {

    private static final String PREFIX = "quarkus.eventlane.";

    /** The attributes of an incoming channel that every connector reads. */
    public static final Set<String> INCOMING = Set.of("connector", "topic", "ordered", "group.id", "max-concurrency",
            "max-queued", "max-queued-bytes", "max-span", "max-age", "retry.max-attempts", "retry.retry-on", "retry.abort-on",
            "retry.initial-delay", "retry.max-delay", "retry.jitter", "failure-strategy", "dead-letter-queue.topic",
            "dead-letter-queue.key-policy", "delayed-retry-topic.topics", "unmatched", "execution");

    /** The attributes of an outgoing channel that every connector reads. */
    public static final Set<String> OUTGOING = Set.of("connector", "topic", "ordered", "max-inflight-messages");

    private static final Set<String> SECTIONS = Set.of("connector", "enabled", "health", "shutdown-timeout", "incoming",
            "jetstream", "outgoing", "topic");
    private static final int MAX_QUEUED = (1 << 23) - 1;
    private static final int MAX_INFLIGHT = 1_000_000;

    private final EventlaneConfig config;

    public Settings(EventlaneConfig config) {
        this.config = config;
    }

    /**
     * The incoming channels, sorted by name.
     *
     * @param failureHandlers the names of the application's failure handlers
     * @throws io.quarkus.runtime.configuration.ConfigurationException naming every property that is wrong
     */
    public List<IncomingSettings> incoming(Collection<String> channels, Collection<String> failureHandlers) {
        Problems problems = new Problems();
        problems.require(!config.shutdownTimeout().isNegative(), PREFIX + "shutdown-timeout", "must not be negative");
        Map<String, IncomingSettings> all = new TreeMap<>();
        for (String channel : new TreeSet<>(channels)) {
            all.put(channel, incoming(channel, failureHandlers, problems));
        }
        problems.throwIfAny();
        return List.copyOf(all.values());
    }

    private IncomingSettings incoming(String channel, Collection<String> failureHandlers, Problems problems) {
        Incoming in = Objects.requireNonNull(config.incoming().get(channel));
        String prefix = incomingPrefix(channel);
        List<String> topics = topics(channel, in);
        problems.require(topics.stream().noneMatch(String::isEmpty), prefix + "topic", "must not be blank");
        problems.require(!in.group().id().isBlank(), prefix + "group.id", "must not be blank");
        atLeastOne(in.maxConcurrency(), prefix + "max-concurrency", problems);
        atLeastOne(in.maxQueued(), prefix + "max-queued", problems);
        atMost(MAX_QUEUED, in.maxQueued(), prefix + "max-queued", problems);
        atLeastOne(in.maxQueuedBytes().asLongValue(), prefix + "max-queued-bytes", problems);
        atLeastOne(in.maxSpan(), prefix + "max-span", problems);
        positive(in.kafka().commitInterval(), prefix + "commit-interval", problems);
        problems.require(!in.revokeTimeout().isNegative(), prefix + "revoke-timeout", "must not be negative");
        positive(in.maxAge(), prefix + "max-age", problems);
        FailureSettings failures = new FailureChecks(channel, prefix, topics, problems).of(in, failureHandlers);
        Map<String, String> attributes = without(INCOMING, in.all());
        attributes.keySet().removeIf(name -> name.startsWith(FailureChecks.DEAD_LETTER_QUEUE));
        return new IncomingSettings(channel, topics, in.group().id(), in.ordered(), in.maxConcurrency(), in.maxQueued(),
                in.maxQueuedBytes().asLongValue(), in.maxSpan(), in.revokeTimeout(), in.maxAge(), failures, in.unmatched(),
                in.execution(), new KafkaAttributes(in.kafka().commitInterval()),
                new JetStreamChecks(prefix, problems).of(in.jetStream(), in.group().id()), attributes);
    }

    /**
     * The outgoing channels, sorted by name.
     *
     * @throws io.quarkus.runtime.configuration.ConfigurationException naming every property that is wrong
     */
    public List<OutgoingSettings> outgoing(Collection<String> channels) {
        Problems problems = new Problems();
        List<OutgoingSettings> all = new ArrayList<>();
        for (String channel : new TreeSet<>(channels)) {
            all.add(outgoing(channel, problems));
        }
        problems.throwIfAny();
        return List.copyOf(all);
    }

    private OutgoingSettings outgoing(String channel, Problems problems) {
        Outgoing out = Objects.requireNonNull(config.outgoing().get(channel));
        String prefix = outgoingPrefix(channel);
        String topic = topic(channel, out);
        problems.require(!topic.isEmpty(), prefix + "topic", "must not be blank");
        problems.require(!topic.contains(","), prefix + "topic", "must be one topic, but is '" + topic + "'");
        atLeastOne(out.maxInflightMessages(), prefix + "max-inflight-messages", problems);
        atMost(MAX_INFLIGHT, out.maxInflightMessages(), prefix + "max-inflight-messages", problems);
        Duration ackTimeout = out.jetStream().ackTimeout();
        Duration deliveryTimeout = out.jetStream().deliveryTimeout();
        positive(ackTimeout, prefix + "ack-timeout", problems);
        problems.require(deliveryTimeout.compareTo(ackTimeout) >= 0, prefix + "delivery-timeout",
                "(%s) must not be shorter than %sack-timeout (%s)".formatted(deliveryTimeout, prefix, ackTimeout));
        return new OutgoingSettings(channel, topic, out.maxInflightMessages(), out.ordered(),
                new JetStreamAttributes(ackTimeout, deliveryTimeout), without(OUTGOING, out.all()));
    }

    /** The topic of an outgoing channel, checked or not. */
    public String outgoingTopic(String channel) {
        return topic(channel, Objects.requireNonNull(config.outgoing().get(channel)));
    }

    /** The topics of an incoming channel, checked or not. */
    public List<String> incomingTopics(String channel) {
        return topics(channel, Objects.requireNonNull(config.incoming().get(channel)));
    }

    private static List<String> topics(String channel, Incoming in) {
        return in.topic().orElse(List.of(channel)).stream().map(String::strip).distinct().toList();
    }

    private static String topic(String channel, Outgoing out) {
        return out.topic().orElse(channel).strip();
    }

    /**
     * The outgoing channels that are configured, whether or not the application names them elsewhere.
     */
    public Set<String> configuredOutgoing() {
        return Set.copyOf(config.outgoing().keySet());
    }

    /**
     * The connection to NATS.
     *
     * @param application its name
     * @throws io.quarkus.runtime.configuration.ConfigurationException naming every property that is wrong, but nothing secret
     */
    public ConnectionSettings connection(String application, TlsContexts tls) {
        Problems problems = new Problems();
        ConnectionSettings connection = new ConnectionChecks(config.jetstream(), problems).of(application, tls);
        problems.throwIfAny();
        return connection;
    }

    /**
     * The topics that something is configured for, and those that channels use.
     *
     * @param used the topics that channels on JetStream use, as far as that is known before anybody publishes
     * @param elsewhere the topics that no channel on JetStream uses, but one on another connector, each with that connector's
     *        name: nothing of theirs is read
     * @throws io.quarkus.runtime.configuration.ConfigurationException naming every property that is wrong
     */
    public TopicSpecs topics(Collection<String> used, Map<String, String> elsewhere) {
        Problems problems = new Problems();
        List<TopicSpec> topics = new TopicChecks(problems).of(config.topic(), used);
        for (TopicSpec topic : topics) {
            String connector = elsewhere.get(topic.topic());
            problems.require(connector == null, TopicSpec.property(topic.topic(), "…"),
                    "is read of topics on JetStream alone, but the channels that use this topic are on " + connector);
        }
        problems.throwIfAny();
        return TopicSpecs.of(topics, used);
    }

    /**
     * Refuses properties of Eventlane that do not exist. Those of channels are checked with their channel.
     *
     * @param properties the names of all properties of the application
     * @throws io.quarkus.runtime.configuration.ConfigurationException naming every property that is wrong
     */
    public static void checkSections(Iterable<String> properties) {
        Problems problems = new Problems();
        for (String property : properties) {
            if (property.startsWith(PREFIX)) {
                new SectionChecks(PREFIX, SECTIONS, problems).check(property);
            }
        }
        problems.throwIfAny();
    }

    /** Says which channels are configured but have no handler, and which of the application's was probably meant. */
    public List<String> unusedIncoming(Collection<String> channels) {
        return config.incoming().keySet().stream()
                .filter(channel -> !channels.contains(channel))
                .sorted()
                .map(channel -> PREFIX + "incoming." + channel
                        + " is configured, but the application has no handler for that channel"
                        + didYouMean(channel, channels))
                .toList();
    }

    /**
     * Says which topics are configured but not used, and which one was probably meant.
     *
     * @param used those that channels use, as far as they are known before anybody publishes
     */
    public List<String> unusedTopics(Collection<String> used) {
        return config.topic().keySet().stream()
                .filter(topic -> !used.contains(topic))
                .sorted()
                .map(topic -> TopicSpec.property(topic, "…") + " is configured, but no channel is known to use that topic"
                        + didYouMean(topic, used))
                .toList();
    }

    private static String didYouMean(String name, Collection<String> known) {
        return NearestName.of(name, known).map(meant -> "; did you mean " + meant + "?").orElse("");
    }

    private static Map<String, String> without(Set<String> names, Map<String, String> all) {
        Map<String, String> attributes = new TreeMap<>(all);
        attributes.keySet().removeAll(names);
        return attributes;
    }

    private static void atLeastOne(long value, String property, Problems problems) {
        problems.require(value >= 1, property, "must be at least 1, but is " + value);
    }

    private static void atMost(int most, int value, String property, Problems problems) {
        problems.require(value <= most, property, "must be at most " + most + ", but is " + value);
    }

    private static void positive(Duration value, String property, Problems problems) {
        problems.require(value.isPositive(), property, "must be longer than zero, but is " + value);
    }

    /** The prefix of an incoming channel's properties. */
    public static String incomingPrefix(String channel) {
        return prefix("incoming.", channel);
    }

    /** The prefix of an outgoing channel's properties. */
    public static String outgoingPrefix(String channel) {
        return prefix("outgoing.", channel);
    }

    private static String prefix(String direction, String channel) {
        return PREFIX + direction + (channel.contains(".") ? '"' + channel + '"' : channel) + '.';
    }
}
