package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.channel.IncomingChannel;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.kafka.DeadLetterReplay;
import io.eventlane.kafka.KafkaConnector;
import io.eventlane.kafka.KafkaConnector.Definition;
import io.eventlane.kafka.KafkaIncoming;
import io.eventlane.kafka.KafkaOutgoing;
import io.eventlane.runtime.ChannelPlan;
import io.eventlane.runtime.config.FailureSettings;
import io.eventlane.runtime.config.FailureSettings.RetryTopic;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.OutgoingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.runtime.publish.Outbounds;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The application's channels on Kafka. Nothing of Kafka's is created before a channel needs it. */
final class KafkaChannels implements Outbounds {

    private static final String CONNECTOR = "kafka";
    private static final int MAX_FAILURES_INFLIGHT = 10_000;
    /**
     * A letter that cannot be sent is parked and sent again. A revoked partition waits for letters that are on their way,
     * but not for parked ones.
     */
    private static final String MAX_FAILURE_BLOCK = "5000";
    /** 32 MiB, the producer's memory. */
    private static final String MAX_FAILURE_SIZE = "33554432";

    private final ChannelPlan plan;
    private final Settings settings;
    private final Map<String, Object> clientDefaults;
    private final ScheduledExecutorService timer;

    private final Queue<Outbound> failureTopics = new ConcurrentLinkedQueue<>();
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable KafkaConnector outgoing;

    /**
     * @param clientDefaults the application's {@code kafka.*} properties, without that prefix
     */
    KafkaChannels(ChannelPlan plan, Settings settings, Map<String, Object> clientDefaults, ScheduledExecutorService timer) {
        this.plan = plan;
        this.settings = settings;
        this.clientDefaults = Map.copyOf(clientDefaults);
        this.timer = timer;
    }

    // Outgoing

    /** The outgoing channels that are known before anybody publishes. */
    Collection<String> knownOutgoing() {
        TreeSet<String> known = new TreeSet<>(plan.outgoing().keySet());
        known.addAll(settings.configuredOutgoing());
        known.removeIf(channel -> !CONNECTOR.equals(outgoingConnector(channel)));
        return known;
    }

    /**
     * @throws ConfigurationException naming every property of a known outgoing channel that is wrong
     */
    void checkOutgoing() {
        List<KafkaOutgoing> channels = settings.outgoing(knownOutgoing()).stream().map(KafkaChannels::outgoing).toList();
        requireNone(KafkaConnector.problems(definition(List.of(), channels)));
    }

    @Override
    public String topic(String channel) {
        return settings.outgoing(List.of(channel)).getFirst().topic();
    }

    @Override
    public Outbound open(String channel) {
        if (!CONNECTOR.equals(outgoingConnector(channel))) {
            throw new OutboundException(Reason.INVALID, Status.FAILED, ("no connector is known for this channel, because the"
                    + " application uses several: set quarkus.eventlane.connector, or quarkus.eventlane.outgoing.%s.connector")
                    .formatted(channel), null);
        }
        return connector().openOutgoing(outgoing(settings.outgoing(List.of(channel)).getFirst()));
    }

    private @Nullable String outgoingConnector(String channel) {
        return plan.outgoing().getOrDefault(channel, plan.defaultConnector());
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
        return new KafkaOutgoing(channel.channel(), channel.topic(), Settings.outgoingPrefix(channel.channel()),
                channel.clientAttributes(), channel.maxInflightMessages(), channel.ordered());
    }

    // Incoming

    /**
     * The incoming channels, checked.
     *
     * @param failureHandlers the names of the application's failure handlers
     * @throws ConfigurationException naming every property that is wrong
     */
    List<IncomingSettings> incoming(Collection<String> failureHandlers) {
        List<IncomingSettings> channels = settings.incoming(plan.incoming().entrySet().stream()
                .filter(channel -> channel.getValue().equals(CONNECTOR))
                .map(Map.Entry::getKey).toList(), failureHandlers);
        // Also where no topic is needed: what is mistyped there may be its name.
        List<KafkaOutgoing> deadLetters = channels.stream().map(channel -> failureTopic(channel, deadLetterTopic(channel)))
                .toList();
        requireNone(KafkaConnector.problems(
                new Definition(clientDefaults, List.of(), deadLetters, Set.of(), FailureSettings.DEAD_LETTER_ATTRIBUTES,
                        timer)));
        return channels;
    }

    /** Opens a topic that failed events of an incoming channel are sent to. */
    Outbound openFailureTopic(IncomingSettings channel, String topic) {
        Outbound outbound = connector().openOutgoing(failureTopic(channel, topic));
        failureTopics.add(outbound);
        return outbound;
    }

    private static String deadLetterTopic(IncomingSettings channel) {
        return Objects.requireNonNullElse(channel.failures().deadLetterTopic(), channel.channel());
    }

    /** Sends dead letters back; {@code null} where the channel has none. */
    @Nullable
    DeadLetterReplay replay(IncomingSettings channel) {
        String topic = channel.failures().deadLetterTopic();
        return topic == null ? null
                : DeadLetterReplay.of(clientDefaults, channel.groupId(), channel.clientAttributes(),
                        failureTopic(channel, topic));
    }

    private static KafkaOutgoing failureTopic(IncomingSettings channel, String topic) {
        Map<String, String> attributes = new TreeMap<>(channel.failures().deadLetterAttributes());
        // What a broker has let into one topic must fit through the producer to the other.
        attributes.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_FAILURE_SIZE);
        attributes.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_FAILURE_BLOCK);
        return new KafkaOutgoing(channel.channel() + " -> " + topic, topic,
                Settings.incomingPrefix(channel.channel()) + "dead-letter-queue.", attributes, MAX_FAILURES_INFLIGHT, true);
    }

    /** To be called when no handler runs any more. */
    void closeFailureTopics(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        failureTopics.forEach(outbound -> outbound.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }

    /**
     * Puts the incoming channels together; nothing is consumed yet.
     *
     * @throws ConfigurationException naming every property that is wrong
     */
    KafkaConnector openIncoming(List<IncomingSettings> channels, Function<IncomingSettings, Handling> handlings,
            Function<IncomingSettings, Workers> workers) {
        List<KafkaIncoming> incoming = new ArrayList<>();
        for (IncomingSettings channel : channels) {
            incoming.add(incoming(channel, handlings.apply(channel), workers.apply(channel)));
        }
        Definition definition = definition(incoming, List.of());
        requireNone(KafkaConnector.problems(definition));
        return KafkaConnector.open(definition);
    }

    private static KafkaIncoming incoming(IncomingSettings channel, Handling handling, Workers workers) {
        List<String> topics = new ArrayList<>(channel.topics());
        channel.failures().retryTopics().stream().map(RetryTopic::topic).distinct().forEach(topics::add);
        IncomingChannel common = new IncomingChannel(channel.channel(), Settings.incomingPrefix(channel.channel()), topics,
                new DispatcherSettings(channel.channel(), channel.ordered(), channel.maxConcurrency(), channel.maxQueued(),
                        channel.maxQueuedBytes()),
                channel.maxSpan(), handling.policy(), channel.revokeTimeout(), channel.maxAge(), workers, handling.handler(),
                new FailureLog(channel.channel(), System::nanoTime));
        return new KafkaIncoming(common, channel.clientAttributes(), channel.commitInterval());
    }

    // Both

    private Definition definition(List<KafkaIncoming> in, List<KafkaOutgoing> out) {
        return new Definition(clientDefaults, in, out, Settings.INCOMING, Settings.OUTGOING, timer);
    }

    private static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join("\n", problems));
        }
    }
}
