package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.kafka.KafkaConnector;
import io.eventlane.kafka.KafkaConnector.Definition;
import io.eventlane.kafka.KafkaDeadLetterReplay;
import io.eventlane.kafka.KafkaIncoming;
import io.eventlane.kafka.KafkaOutgoing;
import io.eventlane.runtime.config.ConnectorAttributes;
import io.eventlane.runtime.config.FailureSettings;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.OutgoingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.Outbound;

/** The application's channels on Kafka. */
final class KafkaChannels implements ConnectorChannels {

    private static final ConnectorAttributes ATTRIBUTES = new ConnectorAttributes("kafka",
            Set.of("revoke-timeout", "commit-interval"), Set.of(), true);
    private static final int MAX_FAILURES_INFLIGHT = 10_000;
    /**
     * A letter that cannot be sent is parked and sent again. A revoked partition waits for letters that are on their way,
     * but not for parked ones.
     */
    private static final String MAX_FAILURE_BLOCK = "5000";
    /** 32 MiB, the producer's memory. */
    private static final String MAX_FAILURE_SIZE = "33554432";

    private final Map<String, Object> clientDefaults;
    private final ScheduledExecutorService timer;

    private final FailureTopics failureTopics = new FailureTopics();
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable KafkaConnector outgoing;
    private volatile @Nullable KafkaConnector incoming;

    /**
     * @param clientDefaults the application's {@code kafka.*} properties, without that prefix
     */
    KafkaChannels(Map<String, Object> clientDefaults, ScheduledExecutorService timer) {
        this.clientDefaults = Map.copyOf(clientDefaults);
        this.timer = timer;
    }

    @Override
    public ConnectorAttributes attributes() {
        return ATTRIBUTES;
    }

    // Outgoing

    @Override
    public List<String> problems(List<OutgoingSettings> channels) {
        return KafkaConnector.problems(definition(List.of(), channels.stream().map(KafkaChannels::outgoing).toList()));
    }

    @Override
    public Outbound open(OutgoingSettings channel) {
        return connector().openOutgoing(outgoing(channel));
    }

    private KafkaConnector connector() {
        opening.lock();
        try {
            if (outgoing == null) {
                outgoing = KafkaConnector.open(definition(List.of(), List.of()));
            }
            return outgoing;
        } finally {
            opening.unlock();
        }
    }

    private static KafkaOutgoing outgoing(OutgoingSettings channel) {
        String prefix = Settings.outgoingPrefix(channel.channel());
        return new KafkaOutgoing(channel.channel(), channel.topic(), prefix, channel.attributes(),
                channel.maxInflightMessages(), prefix + "max-inflight-messages", channel.ordered());
    }

    // Topics for failed events

    @Override
    public List<String> failureTopicProblems(List<IncomingSettings> channels) {
        // Also where no topic is needed: what is mistyped there may be its name.
        List<KafkaOutgoing> deadLetters = channels.stream().map(channel -> failureTopic(channel, deadLetterTopic(channel)))
                .toList();
        return KafkaConnector.problems(new Definition(clientDefaults, List.of(), deadLetters, Set.of(),
                FailureSettings.DEAD_LETTER_ATTRIBUTES, timer));
    }

    @Override
    public Outbound openFailureTopic(IncomingSettings channel, String topic) {
        return failureTopics.add(connector().openOutgoing(failureTopic(channel, topic)));
    }

    private static String deadLetterTopic(IncomingSettings channel) {
        return Objects.requireNonNullElse(channel.failures().deadLetterTopic(), channel.channel());
    }

    @Override
    public @Nullable DeadLetterReplay replay(IncomingSettings channel) {
        String topic = channel.failures().deadLetterTopic();
        return topic == null ? null
                : KafkaDeadLetterReplay.of(clientDefaults, channel.groupId(), clientAttributes(channel),
                        failureTopic(channel, topic));
    }

    private static KafkaOutgoing failureTopic(IncomingSettings channel, String topic) {
        Map<String, String> attributes = new TreeMap<>(channel.failures().deadLetterAttributes());
        // What a broker has let into one topic must fit through the producer to the other.
        attributes.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_FAILURE_SIZE);
        attributes.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_FAILURE_BLOCK);
        return new KafkaOutgoing(channel.channel() + " -> " + topic, topic,
                Settings.incomingPrefix(channel.channel()) + "dead-letter-queue.", attributes, MAX_FAILURES_INFLIGHT, null,
                true);
    }

    @Override
    public void closeFailureTopics(Duration deadline) {
        failureTopics.close(deadline);
    }

    // Incoming

    @Override
    public void openIncoming(List<Intake> channels) {
        Definition definition = definition(channels.stream().map(KafkaChannels::incoming).toList(), List.of());
        AllChannels.requireNone(KafkaConnector.problems(definition));
        incoming = KafkaConnector.open(definition);
    }

    private static KafkaIncoming incoming(Intake channel) {
        return new KafkaIncoming(channel.channel(), clientAttributes(channel.settings()),
                channel.settings().kafka().commitInterval());
    }

    private static Map<String, String> clientAttributes(IncomingSettings channel) {
        Map<String, String> attributes = new TreeMap<>(channel.attributes());
        attributes.keySet().removeAll(ATTRIBUTES.incoming());
        attributes.put("group.id", channel.groupId());
        return attributes;
    }

    @Override
    public void startIncoming() {
        KafkaConnector connector = incoming;
        if (connector != null) {
            connector.startIncoming();
        }
    }

    @Override
    public List<ChannelStatus> status() {
        KafkaConnector connector = incoming;
        return connector == null ? List.of() : connector.status();
    }

    @Override
    public void closeIncoming(Duration deadline) {
        KafkaConnector connector = incoming;
        if (connector != null) {
            connector.closeIncoming(deadline);
        }
    }

    // Both

    private Definition definition(List<KafkaIncoming> in, List<KafkaOutgoing> out) {
        return new Definition(clientDefaults, in, out, withOwn(Settings.INCOMING, ATTRIBUTES.incoming()),
                withOwn(Settings.OUTGOING, ATTRIBUTES.outgoing()), timer);
    }

    private static Set<String> withOwn(Set<String> ofAll, Set<String> own) {
        Set<String> names = new TreeSet<>(ofAll);
        names.addAll(own);
        return names;
    }
}
