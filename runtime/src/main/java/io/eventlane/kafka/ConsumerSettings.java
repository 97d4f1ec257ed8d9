package io.eventlane.kafka;

import static org.apache.kafka.clients.consumer.ConsumerConfig.AUTO_OFFSET_RESET_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_PROTOCOL_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.METADATA_MAX_AGE_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The settings of a channel's consumer. From the weakest to the strongest: our defaults, the application's
 * {@code kafka.*} properties, the channel's attributes, and what the delivery guarantee rests on.
 *
 * @param values what the consumer is created with
 * @param problems what is wrong with them
 */
record ConsumerSettings(Map<String, Object> values, List<String> problems) {

    /** Rejected by the client when the group's members are managed by the broker. */
    private static final Set<String> CLASSIC_GROUPS_ONLY = Set.of(PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            SESSION_TIMEOUT_MS_CONFIG, HEARTBEAT_INTERVAL_MS_CONFIG);
    /**
     * An eighth of Kafka's own default. The client hands out what it has fetched one partition after the other: with
     * much of one at hand, the records that a channel may hold are all of that partition, and the keys of the others do
     * not run. {@code ./dev bench kafka} with handlers that park shows the difference.
     */
    private static final String MAX_PARTITION_FETCH_BYTES = "131072";
    private static final Map<String, String> OWNED = Map.of(
            ENABLE_AUTO_COMMIT_CONFIG, "an offset is committed only when every record before it is done",
            KEY_DESERIALIZER_CLASS_CONFIG, "keys are taken as bytes, because they choose the lane",
            VALUE_DESERIALIZER_CLASS_CONFIG,
            "payloads are decoded by the channel's codec, on the worker and not in the poll loop");

    /** A tenth of Kafka's own default: so long may a partition that was added go unnoticed. */
    private static final String METADATA_MAX_AGE_MS = "30000";

    static ConsumerSettings of(Map<String, Object> defaults, KafkaIncoming channel, Set<String> channelNames) {
        ClientAttributes given = ClientAttributes.of(channel.attributes(), ConsumerConfig.configNames(), channelNames, OWNED,
                channel::property);
        Map<String, Object> values = new TreeMap<>();
        values.put(BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        values.put(AUTO_OFFSET_RESET_CONFIG, "earliest");
        values.put(ISOLATION_LEVEL_CONFIG, "read_committed");
        values.put(METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
        values.put(MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_FETCH_BYTES);
        values.put(PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        values.putAll(defaults);
        if (isConsumerProtocol(values, given.settings())) {
            values.keySet().removeAll(CLASSIC_GROUPS_ONLY);
        }
        values.putAll(given.settings());
        values.put(ENABLE_AUTO_COMMIT_CONFIG, "false");
        values.put(KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        values.put(VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return new ConsumerSettings(values, problems(channel, given, values));
    }

    String group() {
        return String.valueOf(values.get(GROUP_ID_CONFIG));
    }

    /** Whether the broker manages the group, and decides about its sessions. */
    static boolean isManagedByBroker(Map<String, Object> values) {
        return isConsumerProtocol(values, Map.of());
    }

    /** In a classic group, the session timeout less the heartbeats' interval. */
    static Duration session(Map<String, Object> values) {
        return millis(values, SESSION_TIMEOUT_MS_CONFIG).minus(millis(values, HEARTBEAT_INTERVAL_MS_CONFIG));
    }

    static Duration maxPollInterval(Map<String, Object> values) {
        return millis(values, MAX_POLL_INTERVAL_MS_CONFIG);
    }

    private static Duration millis(Map<String, Object> values, String name) {
        Object written = values.getOrDefault(name, ConsumerConfig.configDef().defaultValues().get(name));
        return Duration.ofMillis(Long.parseLong(String.valueOf(written).strip()));
    }

    private static boolean isConsumerProtocol(Map<String, Object> defaults, Map<String, String> given) {
        Object protocol = given.getOrDefault(GROUP_PROTOCOL_CONFIG,
                String.valueOf(defaults.getOrDefault(GROUP_PROTOCOL_CONFIG, "classic")));
        return "consumer".equalsIgnoreCase(protocol.toString().strip());
    }

    private static List<String> problems(KafkaIncoming channel, ClientAttributes given, Map<String, Object> values) {
        List<String> problems = new ArrayList<>(given.problems());
        Object group = values.get(GROUP_ID_CONFIG);
        if (group == null || group.toString().isBlank()) {
            problems.add("%s is needed, or quarkus.application.name, which it defaults to".formatted(
                    channel.property(GROUP_ID_CONFIG)));
        }
        if (isConsumerProtocol(values, Map.of())) {
            CLASSIC_GROUPS_ONLY.stream().sorted().filter(given.settings()::containsKey)
                    .forEach(name -> problems.add("%s cannot be set when group.protocol is consumer: the broker decides it"
                            .formatted(channel.property(name))));
        }
        for (String name : List.of(MAX_POLL_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MS_CONFIG, HEARTBEAT_INTERVAL_MS_CONFIG)) {
            try {
                millis(values, name);
            } catch (NumberFormatException e) {
                problems.add("%s must be a number of milliseconds, but is '%s'".formatted(channel.property(name),
                        values.get(name)));
                return problems;
            }
        }
        Duration interval = maxPollInterval(values);
        if (channel.channel().revokeTimeout().compareTo(interval) >= 0) {
            problems.add("%s (%s) must be below %s (%s): the wait for running handlers counts against it".formatted(
                    channel.property("revoke-timeout"), channel.channel().revokeTimeout(), MAX_POLL_INTERVAL_MS_CONFIG,
                    interval));
        }
        return problems;
    }
}
