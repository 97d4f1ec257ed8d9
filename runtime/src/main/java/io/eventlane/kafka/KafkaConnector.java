package io.eventlane.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;

import io.eventlane.EventlaneException;
import io.eventlane.channel.Parallel;
import io.eventlane.spi.ChannelStatus;
import io.eventlane.spi.Outbound;

/**
 * The application's channels on Kafka. Incoming channels with the same consumer settings share one consumer, outgoing
 * ones with the same producer settings one producer.
 */
public final class KafkaConnector {

    private static final String CLOSERS = "eventlane-kafka-close";

    private final Definition definition;
    private final List<KafkaSource> sources;
    private final Map<Map<String, Object>, SharedProducer> producers = new ConcurrentHashMap<>();
    private final Map<String, KafkaOutbound> outbounds = new ConcurrentSkipListMap<>();

    private KafkaConnector(Definition definition, List<KafkaSource> sources) {
        this.definition = definition;
        this.sources = sources;
    }

    /**
     * What an application tells about its channels.
     *
     * @param clientDefaults the {@code kafka.*} properties without their prefix, which hold for every client of the
     *        application. Of these, settings that Eventlane decides itself, such as {@code enable.auto.commit}, are
     *        passed over
     * @param incomingAttributes the names of an incoming channel's attributes that are not Kafka's, to find what a
     *        mistyped one may have meant
     * @param outgoingAttributes the same of an outgoing channel
     * @param timer runs short tasks that never block; it must live longer than the connector
     */
    public record Definition(
            Map<String, Object> clientDefaults,
            List<KafkaIncoming> incoming,
            List<KafkaOutgoing> outgoing,
            Set<String> incomingAttributes,
            Set<String> outgoingAttributes,
            ScheduledExecutorService timer) {
    }

    /**
     * Everything that is wrong with the configuration, each with the property's name and the mend; empty when all is
     * well. Reaches for no broker.
     */
    public static List<String> problems(Definition definition) {
        List<String> problems = new ArrayList<>(new SourcePlan(definition).problems());
        definition.outgoing().forEach(channel -> problems.addAll(producerSettings(definition, channel).problems()));
        return problems;
    }

    /**
     * Creates the producers, and asks for the metadata of their topics in the background. Incoming channels wait for
     * {@link #startIncoming()}.
     *
     * @throws EventlaneException when the definition has {@linkplain #problems problems}, or a producer refuses its
     *         settings
     */
    public static KafkaConnector open(Definition definition) {
        List<String> problems = problems(definition);
        if (!problems.isEmpty()) {
            throw new EventlaneException(String.join("\n", problems));
        }
        KafkaConnector connector = new KafkaConnector(definition, new SourcePlan(definition).sources());
        definition.outgoing().forEach(connector::openOutgoing);
        return connector;
    }

    /**
     * Opens one more outgoing channel; of a name, once.
     *
     * @throws EventlaneException when its settings have problems, or the producer refuses them
     */
    public Outbound openOutgoing(KafkaOutgoing channel) {
        ProducerSettings settings = producerSettings(definition, channel);
        if (!settings.problems().isEmpty()) {
            throw new EventlaneException(String.join("\n", settings.problems()));
        }
        SharedProducer producer = producers.computeIfAbsent(settings.values(), SharedProducer::new);
        KafkaOutbound outbound = new KafkaOutbound(channel, settings, producer, definition.timer());
        outbounds.put(channel.channel(), outbound);
        outbound.warm();
        return outbound;
    }

    /**
     * @throws IllegalArgumentException when there is no outgoing channel of that name
     */
    public Outbound outbound(String channel) {
        Outbound outbound = outbounds.get(channel);
        if (outbound == null) {
            throw new IllegalArgumentException(
                    "No outgoing channel %s on Kafka; there are %s".formatted(channel, outbounds.keySet()));
        }
        return outbound;
    }

    /**
     * Begins to poll. Returns before a broker was reached.
     *
     * @throws org.apache.kafka.common.KafkaException when a consumer refuses its settings
     */
    public void startIncoming() {
        sources.forEach(KafkaSource::start);
    }

    /** How the incoming channels are doing, in no particular order. Safe for any thread. */
    public List<ChannelStatus> status() {
        return sources.stream().flatMap(source -> source.statuses().stream()).toList();
    }

    /**
     * Stops polling, waits up to the deadline for running handlers, commits what is done, and leaves the groups.
     * Outgoing channels stay open, for what the handlers publish. Idempotent.
     */
    public void closeIncoming(Duration deadline) {
        Parallel.forEach(sources, CLOSERS, source -> source.close(deadline));
    }

    /** Waits up to the deadline for what is in flight on each outgoing channel, and closes it. Idempotent. */
    public void closeOutgoing(Duration deadline) {
        Parallel.forEach(outbounds.values(), CLOSERS, outbound -> outbound.close(deadline));
    }

    private static ProducerSettings producerSettings(Definition definition, KafkaOutgoing channel) {
        return ProducerSettings.of(definition.clientDefaults(), channel, definition.outgoingAttributes());
    }
}
