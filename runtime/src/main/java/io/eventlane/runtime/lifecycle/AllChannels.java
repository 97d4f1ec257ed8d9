package io.eventlane.runtime.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.eventlane.PublishException.Reason;
import io.eventlane.PublishReceipt.Status;
import io.eventlane.channel.DeadLetterReplay;
import io.eventlane.channel.IncomingChannel;
import io.eventlane.channel.Parallel;
import io.eventlane.engine.DispatcherSettings;
import io.eventlane.runtime.ChannelPlan;
import io.eventlane.runtime.config.AttributeChecks;
import io.eventlane.runtime.config.FailureSettings.RetryTopic;
import io.eventlane.runtime.config.IncomingSettings;
import io.eventlane.runtime.config.OutgoingSettings;
import io.eventlane.runtime.config.Settings;
import io.eventlane.runtime.publish.Outbounds;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.Outbound;
import io.eventlane.spi.OutboundException;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The application's channels, each on the connector that the plan names. */
final class AllChannels implements Outbounds {

    private final ChannelPlan plan;
    private final Settings settings;
    private final Map<String, ConnectorChannels> connectors = new LinkedHashMap<>();
    /** Those that have incoming channels. */
    private final List<ConnectorChannels> consuming = new CopyOnWriteArrayList<>();

    AllChannels(ChannelPlan plan, Settings settings, List<ConnectorChannels> connectors) {
        this.plan = plan;
        this.settings = settings;
        connectors.forEach(one -> this.connectors.put(one.attributes().connector(), one));
    }

    private ConnectorChannels connector(String name) {
        ConnectorChannels connector = connectors.get(name);
        if (connector == null) {
            throw new IllegalStateException("no connector " + name + "; there are " + connectors.keySet());
        }
        return connector;
    }

    private AttributeChecks attributeChecks() {
        return new AttributeChecks(connectors.values().stream().map(ConnectorChannels::attributes).toList());
    }

    // Outgoing

    /** The outgoing channels that are known before anybody publishes. */
    Collection<String> knownOutgoing() {
        TreeSet<String> known = new TreeSet<>(plan.outgoing().keySet());
        known.addAll(settings.configuredOutgoing());
        known.removeIf(channel -> plan.outgoingConnector(channel) == null);
        return known;
    }

    /**
     * @throws ConfigurationException naming every property of a known outgoing channel that is wrong
     */
    void checkOutgoing() {
        Map<String, List<OutgoingSettings>> byConnector = new TreeMap<>();
        for (OutgoingSettings channel : settings.outgoing(knownOutgoing())) {
            byConnector
                    .computeIfAbsent(Objects.requireNonNull(plan.outgoingConnector(channel.channel())),
                            name -> new ArrayList<>())
                    .add(channel);
        }
        AttributeChecks attributes = attributeChecks();
        byConnector.forEach(attributes::outgoing);
        attributes.throwIfAny();
        List<String> problems = new ArrayList<>();
        byConnector.forEach((name, channels) -> problems.addAll(connector(name).problems(channels)));
        requireNone(problems);
    }

    @Override
    public String topic(String channel) {
        return settings.outgoingTopic(channel);
    }

    @Override
    public Outbound open(String channel) {
        String connector = plan.outgoingConnector(channel);
        if (connector == null) {
            throw invalid(("no connector is known for this channel, because the"
                    + " application uses several: set quarkus.eventlane.connector, or quarkus.eventlane.outgoing.%s.connector")
                    .formatted(channel), null);
        }
        OutgoingSettings checked;
        try {
            checked = settings.outgoing(List.of(channel)).getFirst();
        } catch (ConfigurationException e) {
            throw invalid(String.valueOf(e.getMessage()), e);
        }
        return connector(connector).open(checked);
    }

    private static OutboundException invalid(String why, @Nullable Throwable cause) {
        return new OutboundException(Reason.INVALID, Status.FAILED, why, cause);
    }

    // Topics

    /**
     * Also where nothing is on JetStream: then nobody reads what is said about a topic.
     *
     * @throws ConfigurationException naming every property of a topic that is wrong
     */
    void checkTopics() {
        TopicUse.specs(plan, settings);
    }

    /**
     * See {@link Settings#unusedTopics}.
     *
     * @param incoming all incoming channels
     */
    List<String> unusedTopics(List<IncomingSettings> incoming) {
        Set<String> used = new TreeSet<>(new TopicUse(plan, settings).topics());
        incoming.forEach(channel -> used.addAll(channel.failures().topics()));
        return settings.unusedTopics(used);
    }

    // Topics for failed events

    /** See {@link ConnectorChannels#openFailureTopic}. */
    Outbound openFailureTopic(IncomingSettings channel, String topic) {
        return incomingConnector(channel).openFailureTopic(channel, topic);
    }

    /** See {@link ConnectorChannels#replay}. */
    @Nullable
    DeadLetterReplay replay(IncomingSettings channel) {
        return incomingConnector(channel).replay(channel);
    }

    /** To be called when no handler runs any more. */
    void closeFailureTopics(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        connectors.values()
                .forEach(connector -> connector.closeFailureTopics(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }

    // Incoming

    /**
     * The incoming channels, checked.
     *
     * @param failureHandlers the names of the application's failure handlers
     * @throws ConfigurationException naming every property that is wrong
     */
    List<IncomingSettings> incoming(Collection<String> failureHandlers) {
        List<IncomingSettings> channels = settings.incoming(plan.incoming().keySet(), failureHandlers);
        Map<String, List<IncomingSettings>> byConnector = byConnector(channels, channel -> channel);
        AttributeChecks attributes = attributeChecks();
        byConnector.forEach(attributes::incoming);
        attributes.throwIfAny();
        List<String> problems = new ArrayList<>();
        byConnector.forEach((name, its) -> problems.addAll(connector(name).failureTopicProblems(its)));
        requireNone(problems);
        return channels;
    }

    private ConnectorChannels incomingConnector(IncomingSettings channel) {
        return connector(Objects.requireNonNull(plan.incoming().get(channel.channel())));
    }

    private <T> Map<String, List<T>> byConnector(List<T> channels, Function<T, IncomingSettings> settingsOf) {
        Map<String, List<T>> byConnector = new TreeMap<>();
        for (T channel : channels) {
            byConnector.computeIfAbsent(incomingConnector(settingsOf.apply(channel)).attributes().connector(),
                    name -> new ArrayList<>()).add(channel);
        }
        return byConnector;
    }

    /**
     * Puts the incoming channels together; nothing is consumed yet.
     *
     * @throws ConfigurationException naming every property that is wrong
     */
    void openIncoming(List<IncomingSettings> channels, Function<IncomingSettings, Handling> handlings,
            Function<IncomingSettings, Workers> workers) {
        List<Intake> intakes = new ArrayList<>();
        for (IncomingSettings channel : channels) {
            intakes.add(new Intake(incoming(channel, handlings.apply(channel), workers.apply(channel)), channel));
        }
        byConnector(intakes, Intake::settings).forEach((name, its) -> {
            ConnectorChannels connector = connector(name);
            consuming.add(connector);
            connector.openIncoming(its);
        });
    }

    private static IncomingChannel incoming(IncomingSettings channel, Handling handling, Workers workers) {
        List<String> topics = new ArrayList<>(channel.topics());
        channel.failures().retryTopics().stream().map(RetryTopic::topic).distinct().forEach(topics::add);
        return new IncomingChannel(channel.channel(), Settings.incomingPrefix(channel.channel()), topics,
                new DispatcherSettings(channel.channel(), channel.ordered(), channel.maxConcurrency(), channel.maxQueued(),
                        channel.maxQueuedBytes()),
                channel.maxSpan(), handling.policy(), channel.revokeTimeout(), channel.maxAge(), workers, handling.handler(),
                new FailureLog(channel.channel(), System::nanoTime));
    }

    /** Begins to consume. */
    void startIncoming() {
        connectors.values().forEach(ConnectorChannels::startIncoming);
    }

    /** How the incoming channels are doing, in no particular order. Safe for any thread. */
    List<ChannelStatus> status() {
        return connectors.values().stream().flatMap(connector -> connector.status().stream()).toList();
    }

    /** See {@link ConnectorChannels#closeIncoming}; those of all connectors at the same time. */
    void closeIncoming(Duration deadline) {
        if (consuming.size() == 1) {
            consuming.getFirst().closeIncoming(deadline);
        } else {
            Parallel.forEach(consuming, "eventlane-drain-connector", connector -> connector.closeIncoming(deadline));
        }
    }

    /** Ends what channels of a connector share. To be called last. */
    void close() {
        connectors.values().forEach(ConnectorChannels::close);
    }

    static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join("\n", problems));
        }
    }
}
