package io.eventlane.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The settings of the clients of a replay. The dead letters may stand in another cluster than the one that the events came
 * from: the one is where the channel's dead letters go, the other where its consumer reads.
 *
 * @param letters reads the dead letters
 * @param again writes to the dead-letter topic
 * @param back writes to the topics that the letters came from
 */
record ReplaySettings(Map<String, Object> letters, Map<String, Object> again, Map<String, Object> back) {

    private static final String GROUP_SUFFIX = ".dead-letters";
    /** A replay is no member of a group. */
    private static final List<String> OF_MEMBERS = List.of(ConsumerConfig.CLIENT_ID_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

    static ReplaySettings of(Map<String, Object> defaults, String group, Map<String, String> consumerAttributes,
            KafkaOutgoing deadLetters) {
        return new ReplaySettings(letters(defaults, group, deadLetters.attributes()), producer(defaults, deadLetters),
                producer(defaults, back(consumerAttributes, deadLetters)));
    }

    private static Map<String, Object> letters(Map<String, Object> defaults, String group, Map<String, String> attributes) {
        Map<String, Object> values = new TreeMap<>();
        values.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        values.putAll(defaults);
        values.putAll(client(attributes, ConsumerConfig.configNames()));
        values.keySet().removeAll(OF_MEMBERS);
        values.put(ConsumerConfig.GROUP_ID_CONFIG, group + GROUP_SUFFIX);
        values.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        values.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        values.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        values.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        values.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        values.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        return values;
    }

    /** Connected as the channel's consumer, and otherwise as the dead letters' producer. */
    private static KafkaOutgoing back(Map<String, String> consumerAttributes, KafkaOutgoing deadLetters) {
        Set<String> connection = AdminClientConfig.configNames();
        Map<String, String> attributes = new HashMap<>(deadLetters.attributes());
        attributes.keySet().removeAll(connection);
        attributes.putAll(client(consumerAttributes, ProducerConfig.configNames()));
        attributes.keySet().removeIf(name -> !connection.contains(name) && !deadLetters.attributes().containsKey(name));
        return new KafkaOutgoing(deadLetters.channel(), deadLetters.topic(), deadLetters.prefix(), attributes,
                deadLetters.maxInflight(), deadLetters.maxInflightProperty(), deadLetters.ordered());
    }

    private static Map<String, Object> producer(Map<String, Object> defaults, KafkaOutgoing channel) {
        ProducerSettings settings = ProducerSettings.of(defaults, channel, Set.of());
        Map<String, Object> values = new TreeMap<>(settings.values());
        values.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(settings.maxBlock().toMillis()));
        values.remove(ProducerConfig.CLIENT_ID_CONFIG);
        return values;
    }

    /** Of the attributes, those that a client knows. */
    private static Map<String, String> client(Map<String, String> attributes, Set<String> names) {
        Map<String, String> known = new HashMap<>(ClientAttributes.of(attributes, names, Set.of(), Map.of(), name -> name)
                .settings());
        known.keySet().retainAll(names);
        return known;
    }
}
