package io.eventlane.runtime.lifecycle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.engine.RetryPolicy;
import io.eventlane.kafka.KafkaConnector;
import io.eventlane.kafka.KafkaConnector.Definition;
import io.eventlane.kafka.KafkaIncoming;
import io.eventlane.kafka.KafkaOutgoing;
import io.eventlane.runtime.ChannelPlan;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.OutgoingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.runtime.publish.Outbounds;
import io.eventlane.spi.InboundHandler;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The application's channels on Kafka. Nothing of Kafka's is created before a channel needs it. */
final class KafkaChannels implements Outbounds {

    private static final String CONNECTOR = "kafka";

    private final ChannelPlan plan;
    private final Settings settings;
    private final Map<String, Object> clientDefaults;
    private final ScheduledExecutorService timer;

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
        return new KafkaOutgoing(channel.channel(), channel.topic(), channel.clientAttributes(), channel.maxInflightMessages(),
                channel.ordered());
    }

    // Incoming

    /**
     * The incoming channels, checked.
     *
     * @throws ConfigurationException naming every property that is wrong
     */
    List<IncomingSettings> incoming() {
        return settings.incoming(plan.incoming().entrySet().stream()
                .filter(channel -> channel.getValue().equals(CONNECTOR))
                .map(Map.Entry::getKey).toList());
    }

    /**
     * Puts the incoming channels together; nothing is consumed yet.
     *
     * @throws ConfigurationException naming every property that is wrong
     */
    KafkaConnector openIncoming(List<IncomingSettings> channels, Function<IncomingSettings, InboundHandler> handlers,
            Function<IncomingSettings, Workers> workers) {
        List<KafkaIncoming> incoming = new ArrayList<>();
        for (IncomingSettings channel : channels) {
            incoming.add(incoming(channel, handlers.apply(channel), workers.apply(channel)));
        }
        Definition definition = definition(incoming, List.of());
        requireNone(KafkaConnector.problems(definition));
        return KafkaConnector.open(definition);
    }

    private static KafkaIncoming incoming(IncomingSettings channel, InboundHandler handler, Workers workers) {
        return new KafkaIncoming(channel.channel(), channel.topics(), channel.clientAttributes(),
                new DispatcherSettings(channel.channel(), channel.ordered(), channel.maxConcurrency(), channel.maxQueued(),
                        channel.maxQueuedBytes()),
                channel.maxSpan(), new RetryPolicy(channel.initialDelay(), channel.maxDelay(), channel.jitter()),
                channel.revokeTimeout(), channel.commitInterval(), workers, handler,
                new FailureLog(channel.channel(), System::nanoTime));
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
