package io.eventlane.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;

import io.eventlane.channel.ChannelDispatcher;
import io.eventlane.channel.TopicGroups;

/** Which incoming channels share a consumer, and whether they can. */
final class SourcePlan {

    /** Kafka's own default of {@code max.poll.records}. */
    private static final int MAX_POLL_RECORDS = 500;

    /** What channels must have in common to share a consumer. */
    private record Sharing(Map<String, Object> consumer, Duration revokeTimeout, Duration commitInterval) {
    }

    private final KafkaConnector.Definition definition;
    private final Map<Sharing, List<KafkaIncoming>> plan = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    SourcePlan(KafkaConnector.Definition definition) {
        this.definition = definition;
        TopicGroups groups = new TopicGroups();
        for (KafkaIncoming channel : definition.incoming()) {
            ConsumerSettings settings = ConsumerSettings.of(definition.clientDefaults(), channel,
                    definition.incomingAttributes());
            problems.addAll(settings.problems());
            problems.addAll(groups.add(settings.group(), channel.channel()));
            plan.computeIfAbsent(new Sharing(settings.values(), channel.channel().revokeTimeout(), channel.commitInterval()),
                    sharing -> new ArrayList<>()).add(channel);
        }
    }

    List<String> problems() {
        return problems;
    }

    List<KafkaSource> sources() {
        List<KafkaSource> sources = new ArrayList<>();
        plan.forEach((sharing, channels) -> sources.add(source(sharing, channels)));
        return sources;
    }

    private KafkaSource source(Sharing sharing, List<KafkaIncoming> channels) {
        Map<String, Object> consumer = new HashMap<>(sharing.consumer());
        int headroom = headroom(consumer, channels);
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(headroom));
        Set<String> topics = channels.stream().flatMap(channel -> channel.channel().topics().stream())
                .collect(Collectors.toSet());
        GroupSession session = GroupSession.of(consumer);
        return new KafkaSource(channels.get(0).channel().name(), () -> new KafkaConsumer<>(consumer),
                () -> new TopicWatch(consumer, topics, session),
                (wake, lease) -> channels.stream()
                        .map(channel -> new ChannelDispatcher(channel.channel(), headroom, definition.timer(), wake, lease))
                        .toList(),
                session, new SourceTimes(sharing.revokeTimeout(), sharing.commitInterval(),
                        ConsumerSettings.maxPollInterval(consumer)));
    }

    /**
     * How many records one poll may bring. Unless it is configured, at most half of the tightest bound, so that a
     * channel which pauses that early still has work while it is paused.
     */
    private static int headroom(Map<String, Object> consumer, List<KafkaIncoming> channels) {
        Object configured = consumer.get(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
        if (configured != null) {
            return Integer.parseInt(configured.toString().strip());
        }
        int queued = smallest(channels, channel -> channel.channel().dispatcher().maxQueued());
        int span = smallest(channels, channel -> channel.channel().maxSpan());
        return Math.max(1, Math.min(MAX_POLL_RECORDS, Math.min(queued, span) / 2));
    }

    private static int smallest(List<KafkaIncoming> channels, ToIntFunction<KafkaIncoming> bound) {
        return channels.stream().mapToInt(bound).min().orElseThrow();
    }
}
